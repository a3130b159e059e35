package dev.evergreen.server.desk.web.find;

import dev.evergreen.server.team.Agent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What the command bar offers for what was typed so far.
@Controller
final class CommandController {
  private final Destinations destinations;

  CommandController(Destinations destinations) {
    this.destinations = destinations;
  }

  @GetMapping("/commands")
  String offer(@RequestParam(defaultValue = "") String q, Agent agent, Model model) {
    model.addAttribute("commands", destinations.fitting(q, agent));
    return "desk/commands";
  }
}
