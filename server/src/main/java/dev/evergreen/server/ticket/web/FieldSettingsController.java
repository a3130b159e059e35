package dev.evergreen.server.ticket.web;

import static dev.evergreen.server.ticket.web.SetupAnswers.administering;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.web.SetupAnswers.Asked;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The fields that an administrator defines for tickets.
@Controller
@RequestMapping("/settings/tickets/fields")
class FieldSettingsController {
  private static final String HERE = "/settings/tickets/fields";

  private final OwnFields fields;

  FieldSettingsController(OwnFields fields) {
    this.fields = fields;
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(administering(agent), FieldForm.BLANK, "", model);
  }

  @PostMapping
  String add(
      FieldForm typed,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    administering(agent);
    return answer(
        fields.add(TicketFields.ABOUT, typed.naming(), typed.shape(), typed.use(), agent.actor()),
        typed,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{key}")
  String change(
      @PathVariable String key,
      FieldForm typed,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    administering(agent);
    return answer(
        fields.change(
            field(key), typed.naming(), typed.shape(), typed.use(), revision, agent.actor()),
        FieldForm.BLANK,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{key}/retirement")
  String retire(
      @PathVariable String key,
      @RequestParam boolean retired,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    administering(agent);
    return answer(
        fields.retire(field(key), retired, agent.actor()),
        FieldForm.BLANK,
        agent,
        model,
        new Asked(request, response));
  }

  private OwnField field(String key) {
    return fields
        .withKey(TicketFields.ABOUT, key)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String answer(
      Outcome<OwnField> outcome, FieldForm typed, Agent agent, Model model, Asked asked) {
    return SetupAnswers.answer(
        outcome,
        field -> "Saved: workflows read it as ticket.fields." + field.key() + ".",
        HERE,
        detail -> page(agent, typed, detail, model),
        asked);
  }

  private String page(Agent agent, FieldForm typed, String problem, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("typed", typed);
    model.addAttribute("fields", fields.of(TicketFields.ABOUT));
    return "ticket/fields";
  }
}
