package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Reading;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentLanguages;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Which language somebody reads, and which the installation speaks to those who have not chosen.
@Controller
@RequestMapping("/settings/language")
class LanguageController {
  private static final String HERE = "redirect:/settings/language";

  private final AgentLanguages languages;
  private final Settings settings;

  LanguageController(AgentLanguages languages, Settings settings) {
    this.languages = languages;
    this.settings = settings;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("own", languages.of(agent.id()).map(Language::tag).orElse(""));
    model.addAttribute("installation", settings.get(Reading.INSTALLATION));
    return "team/language";
  }

  @PostMapping
  String choose(
      Agent agent,
      @RequestParam String language,
      HttpServletRequest request,
      HttpServletResponse response) {
    languages.choose(agent.id(), read(language));
    Flash.say(request, response, "Saved.");
    return HERE;
  }

  @PostMapping("/installation")
  String speak(
      @May(Permission.ADMINISTER) Agent agent,
      @RequestParam String language,
      HttpServletRequest request,
      HttpServletResponse response) {
    var spoken = read(language);
    settings.put(Reading.INSTALLATION, spoken == null ? "" : spoken.tag());
    Flash.say(request, response, "Saved.");
    return HERE;
  }

  private static @Nullable Language read(String tag) {
    return tag.isEmpty()
        ? null
        : Language.of(tag)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT));
  }
}
