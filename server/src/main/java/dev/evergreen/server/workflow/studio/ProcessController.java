package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// One process, for everybody who works by it.
@Controller
class ProcessController {
  private final Galleries galleries;

  ProcessController(Galleries galleries) {
    this.galleries = galleries;
  }

  @GetMapping("/processes/{name}")
  String show(Agent agent, @PathVariable String name, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("editor", Editors.include(agent));
    model.addAttribute(
        "page",
        galleries
            .process(name, agent)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "studio/process";
  }
}
