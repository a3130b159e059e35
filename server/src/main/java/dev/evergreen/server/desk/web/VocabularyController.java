package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// Every part of the vocabulary on one page, for those who write pages.
@Controller
@ConditionalOnBooleanProperty("evergreen.development")
final class VocabularyController {

  private final InstantSource clock;

  VocabularyController(InstantSource clock) {
    this.clock = clock;
  }

  @GetMapping("/ui")
  String show(Agent agent, Model model) {
    model.addAttribute("agent", agent).addAttribute("now", clock.instant());
    return "ui/examples";
  }
}
