package dev.evergreen.server.ticket.web;

import static dev.evergreen.server.ticket.web.SetupAnswers.leading;

import dev.evergreen.server.platform.web.FormAnswers;
import dev.evergreen.server.platform.web.FormAnswers.Asked;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Tags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Renames tags everywhere, and makes two into one.
@Controller
@RequestMapping("/settings/tickets/tags")
class TagSettingsController {
  private static final String HERE = "/settings/tickets/tags";
  private static final int SHOWN = 500;

  private final Tags tags;

  TagSettingsController(Tags tags) {
    this.tags = tags;
  }

  @GetMapping
  String show(@RequestParam(defaultValue = "") String q, Agent agent, Model model) {
    return page(leading(agent), q, "", model);
  }

  @PostMapping("/{id}")
  String rename(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String name,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return FormAnswers.answer(
        tags.rename(id, name, leading(agent).actor()),
        said -> said,
        HERE,
        detail -> page(agent, "", detail, model),
        new Asked(request, response));
  }

  private String page(Agent agent, String typed, String problem, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("typed", typed);
    model.addAttribute("tags", typed.isBlank() ? tags.all(SHOWN) : tags.beginning(typed, SHOWN));
    return "ticket/tags";
  }
}
