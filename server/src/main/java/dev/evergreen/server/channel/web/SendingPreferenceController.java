package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.SendingPreferences;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// How long a person can take back what they sent.
@Controller
@RequestMapping("/settings/sending")
class SendingPreferenceController {
  private final SendingPreferences preferences;

  SendingPreferenceController(SendingPreferences preferences) {
    this.preferences = preferences;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("goesOn", preferences.goesOn(agent.id()));
    model.addAttribute("chosen", preferences.undoTime(agent.id()).toSeconds());
    model.addAttribute(
        "choices", SendingPreferences.CHOICES.stream().map(Duration::toSeconds).toList());
    return "channel/sending";
  }

  @PostMapping
  String choose(
      Agent agent,
      @RequestParam long seconds,
      @RequestParam(defaultValue = "false") boolean goesOn,
      HttpServletRequest request,
      HttpServletResponse response) {
    var time = Duration.ofSeconds(seconds);
    if (!SendingPreferences.CHOICES.contains(time)) {
      throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    preferences.set(agent.id(), time, goesOn);
    Flash.say(request, response, "Saved.");
    return "redirect:/settings/sending";
  }
}
