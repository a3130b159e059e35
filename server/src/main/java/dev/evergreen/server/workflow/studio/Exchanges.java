package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/// Gathers what every request about one draft has.
@ControllerAdvice(
    assignableTypes = {
      EditorController.class,
      StepController.class,
      ReviewController.class,
      ProcessDraftController.class
    })
class Exchanges {
  @ModelAttribute
  Exchange exchange(
      Agent agent,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return new Exchange(name, agent, request, response, model);
  }
}
