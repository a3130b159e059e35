package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// Where everything that can be set is found. What a person may change is decided by each page.
@Controller
final class SettingsController {

  @GetMapping("/settings")
  String show(Agent agent, Model model) {
    model.addAttribute("agent", agent);
    return "desk/settings";
  }
}
