package dev.evergreen.server.workflow.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WebhookSignature;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// How the programs that workflows call can tell that a call is ours. For administrators.
@Controller
@RequestMapping("/settings/webhooks/calls")
class WebhookCallController {
  private final WebhookSignature signature;

  WebhookCallController(WebhookSignature signature) {
    this.signature = signature;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page("", agent, model);
  }

  /// @param key the number of the one on the page
  @PostMapping("/key")
  String change(
      Agent agent,
      @RequestParam int key,
      @RequestParam(defaultValue = "false") boolean sure,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (!sure) {
      response.setStatus(Outcome.Reason.INVALID.status());
      return page("Expected your word that the receivers will be told the new key.", agent, model);
    }
    seen(signature.change(key, agent));
    Flash.say(request, response, "There is a new key. Enter it in every receiver within a day.");
    return "redirect:/settings/webhooks/calls";
  }

  private String page(String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("key", seen(signature.shownTo(agent)));
    model.addAttribute("problem", problem);
    return "workflow/webhook_calls";
  }

  /// For all but administrators there is no such page.
  private static WebhookSignature.Shown seen(Outcome<WebhookSignature.Shown> outcome) {
    return outcome.fold(
        key -> key,
        rejected -> {
          throw new ResponseStatusException(HttpStatus.valueOf(rejected.reason().status()));
        });
  }
}
