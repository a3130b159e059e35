package dev.evergreen.server.ticket.web;

import static dev.evergreen.server.ticket.web.SetupAnswers.administering;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.platform.web.FormAnswers;
import dev.evergreen.server.platform.web.FormAnswers.Asked;
import dev.evergreen.server.team.Agent;
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

/// The fields that an administrator defines for tickets, customers and organizations.
@Controller
@RequestMapping("/settings/{owner:tickets|customers|organizations}/fields")
class FieldSettingsController {
  private final OwnFields fields;

  FieldSettingsController(OwnFields fields) {
    this.fields = fields;
  }

  @GetMapping
  String show(@PathVariable String owner, Agent agent, Model model) {
    return page(
        FieldOwner.of(owner).orElseThrow(), administering(agent), FieldForm.BLANK, "", model);
  }

  @PostMapping
  String add(
      @PathVariable String owner,
      FieldForm typed,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    administering(agent);
    var about = FieldOwner.of(owner).orElseThrow();
    return answer(
        about,
        fields.add(
            about.about(), typed.naming(), typed.shape(about), typed.use(about), agent.actor()),
        typed,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{key}")
  String change(
      @PathVariable String owner,
      @PathVariable String key,
      FieldForm typed,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    administering(agent);
    var about = FieldOwner.of(owner).orElseThrow();
    return answer(
        about,
        fields.change(
            field(about, key),
            typed.naming(),
            typed.shape(about),
            typed.use(about),
            revision,
            agent.actor()),
        FieldForm.BLANK,
        agent,
        model,
        new Asked(request, response));
  }

  @PostMapping("/{key}/retirement")
  String retire(
      @PathVariable String owner,
      @PathVariable String key,
      @RequestParam boolean retired,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    administering(agent);
    var about = FieldOwner.of(owner).orElseThrow();
    return answer(
        about,
        fields.retire(field(about, key), retired, agent.actor()),
        FieldForm.BLANK,
        agent,
        model,
        new Asked(request, response));
  }

  private OwnField field(FieldOwner owner, String key) {
    return fields
        .withKey(owner.about(), key)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String answer(
      FieldOwner owner,
      Outcome<OwnField> outcome,
      FieldForm typed,
      Agent agent,
      Model model,
      Asked asked) {
    return FormAnswers.answer(
        outcome,
        field -> "Saved: workflows read it as %s.fields.%s.".formatted(owner.about(), field.key()),
        owner.href(),
        detail -> page(owner, agent, typed, detail, model),
        asked);
  }

  private String page(FieldOwner owner, Agent agent, FieldForm typed, String problem, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("typed", typed);
    model.addAttribute("owner", owner);
    model.addAttribute("fields", fields.of(owner.about()));
    return "ticket/fields";
  }
}
