package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroNames;
import dev.evergreen.server.ticket.composing.Macros;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Everybody who answers customers keeps up macros of their own; leads those of teams and of all.
@Controller
@RequestMapping("/settings/macros")
class MacroController {
  private final Macros macros;
  private final Teams teams;
  private final MacroNames names;
  private final Codes codes;

  MacroController(Macros macros, Teams teams, MacroNames names, Codes codes) {
    this.macros = macros;
    this.teams = teams;
    this.names = names;
    this.codes = codes;
  }

  private record Exchange(
      Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}

  @GetMapping
  String list(Agent agent, Model model) {
    return page(answering(agent), 0, MacroForm.BLANK, "", model);
  }

  @PostMapping
  String add(
      Agent agent,
      @ModelAttribute MacroForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var by = answering(agent);
    return answer(
        form.macro(0, by).fold(macro -> macros.add(macro, by), MacroController::refused),
        "Added.",
        0,
        form,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable long id,
      Agent agent,
      @ModelAttribute MacroForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var by = answering(agent);
    return answer(
        form.macro(id, by).fold(macro -> macros.change(macro, by), MacroController::refused),
        "Saved.",
        id,
        form,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}/removal")
  String remove(
      @PathVariable long id,
      Agent agent,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        macros.remove(id, revision, answering(agent)),
        "Removed.",
        0,
        MacroForm.BLANK,
        new Exchange(agent, request, response, model));
  }

  private static Outcome<Macro> refused(Outcome.Rejected<Macro> refused) {
    return refused;
  }

  private String answer(
      Outcome<Macro> outcome, String done, long id, MacroForm typed, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<Macro> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/settings/macros";
      }
      case Outcome.Rejected<Macro>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(exchange.agent(), id, typed, detail, exchange.model());
      }
    };
  }

  private String page(Agent agent, long refused, MacroForm typed, String problem, Model model) {
    var called = names.all();
    boolean isLead = macros.mayKeep(agent, new Macro.Scope.All());
    var shown =
        macros.visibleTo(agent).stream()
            .map(macro ->
                new MacroPage.Shown(
                    macro,
                    MacroPage.whose(macro.scope(), called::team),
                    macro.effects().words(called),
                    macros.mayKeep(agent, macro.scope())))
            .toList();
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page", new MacroPage(shown, teams.all(), isLead, refused, typed, problem, offered()));
    return "ticket/macros";
  }

  private MacroPage.Offered offered() {
    return new MacroPage.Offered(
        names.statuses(),
        names.fields(),
        codes.of(Code.List.OUTCOME).stream().filter(code -> !code.retired()).toList(),
        codes.of(Code.List.CATEGORY).stream().filter(code -> !code.retired()).toList());
  }

  private static Agent answering(Agent agent) {
    if (!agent.may(Permission.PREPARE)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
