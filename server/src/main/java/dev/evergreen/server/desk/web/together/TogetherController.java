package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.team.Agent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The regions of a ticket's page that say what others have to do with it.
@Controller
final class TogetherController {
  private final Desk desk;
  private final Togethers togethers;

  TogetherController(Desk desk, Togethers togethers) {
    this.desk = desk;
    this.togethers = togethers;
  }

  @GetMapping("/tickets/{number}/together")
  String card(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("together", togethers.of(desk.ticket(number, agent), agent));
    return "desk/together/together";
  }

  @GetMapping("/tickets/{number}/handed")
  String handed(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("together", togethers.of(desk.ticket(number, agent), agent));
    return "desk/together/handed";
  }
}
