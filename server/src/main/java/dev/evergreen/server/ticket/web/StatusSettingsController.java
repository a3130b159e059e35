package dev.evergreen.server.ticket.web;

import static dev.evergreen.server.ticket.web.SetupAnswers.leading;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.web.FormAnswers;
import dev.evergreen.server.platform.web.FormAnswers.Asked;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.TicketStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The team's own names for where tickets stand, each inside a category that clocks know.
@Controller
@RequestMapping("/settings/tickets/statuses")
class StatusSettingsController {
  private static final String HERE = "/settings/tickets/statuses";

  private final Statuses statuses;
  private final Settings settings;

  StatusSettingsController(Statuses statuses, Settings settings) {
    this.statuses = statuses;
    this.settings = settings;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(leading(agent), "", model);
  }

  @PostMapping
  String add(
      @RequestParam Status category,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String color,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        statuses.add(category, name, color, leading(agent).actor()),
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String color,
      @RequestParam int position,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        statuses.change(new StatusId(id), name, color, position, leading(agent).actor()),
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{id}/initial")
  String makeInitial(
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        statuses.makeInitial(new StatusId(id), leading(agent).actor()),
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{id}/retirement")
  String retire(
      @PathVariable long id,
      @RequestParam boolean retired,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        statuses.retire(new StatusId(id), retired, leading(agent).actor()),
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/outcome")
  String ask(
      @RequestParam(defaultValue = "false") boolean required,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    leading(agent);
    settings.put(Statuses.OUTCOME_WHEN_SOLVING, required);
    return FormAnswers.answer(
        Outcome.accepted(required),
        _ -> "Saved.",
        HERE,
        detail -> page(agent, detail, model),
        new Asked(request, response));
  }

  private String answer(Outcome<TicketStatus> outcome, Agent agent, Model model, Asked asked) {
    return FormAnswers.answer(
        outcome, _ -> "Saved.", HERE, detail -> page(agent, detail, model), asked);
  }

  private String page(Agent agent, String problem, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("statuses", statuses.all().statuses());
    model.addAttribute("categories", List.of(Status.values()));
    model.addAttribute("outcomeRequired", settings.get(Statuses.OUTCOME_WHEN_SOLVING));
    return "ticket/statuses";
  }
}
