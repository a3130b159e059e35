package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.view.Audience;
import dev.evergreen.server.ticket.view.Conditions;
import dev.evergreen.server.ticket.view.Fields;
import dev.evergreen.server.ticket.view.Grouping;
import dev.evergreen.server.ticket.view.Looks;
import dev.evergreen.server.ticket.view.Order;
import dev.evergreen.server.ticket.view.Terms;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPage;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.ticket.view.Views;
import dev.evergreen.server.ticket.web.ViewEditor.Filled;
import dev.evergreen.server.ticket.web.ViewEditor.Known;
import dev.evergreen.server.ticket.web.ViewEditor.Option;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Making and changing views. The form comes back with each change of the condition, so it works
/// without scripts; with them only what changed is put in its place.
@Controller
final class ViewController {
  private static final int PREVIEWED = 8;

  private final Views views;
  private final ViewPages pages;
  private final Teams teams;
  private final Agents agents;
  private final OwnFields fields;
  private final Looks looks;
  private final DatabaseClock clock;

  ViewController(
      Views views,
      ViewPages pages,
      Teams teams,
      Agents agents,
      OwnFields fields,
      Looks looks,
      DatabaseClock clock) {
    this.views = views;
    this.pages = pages;
    this.teams = teams;
    this.agents = agents;
    this.fields = fields;
    this.looks = looks;
    this.clock = clock;
  }

  @GetMapping("/views/new")
  String blank(
      @RequestParam(defaultValue = "mine") String from,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    var terms = views.get(from, agent).orElse(View.MINE).terms();
    return page(null, new Filled("", "own", terms), "", agent, request, model);
  }

  @GetMapping("/views/{id:\\d+}")
  String show(@PathVariable String id, Agent agent, HttpServletRequest request, Model model) {
    var view = view(id, agent);
    var filled = new Filled(view.name(), audience(view.audience()), view.terms());
    return page(view, filled, "", agent, request, model);
  }

  /// The form with what was filled in so far, after a change of the condition.
  @PostMapping("/views/editor")
  String editor(
      @RequestParam(defaultValue = "") String id,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    return page(id.isEmpty() ? null : view(id, agent), filled(request), "", agent, request, model);
  }

  @GetMapping("/views/editor")
  String afterEditor() {
    return "redirect:/views/new";
  }

  @PostMapping("/views")
  String make(Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {
    var filled = filled(request);
    return answer(
        null,
        filled,
        views.make(filled.name(), audience(filled, agent), filled.terms(), agent),
        agent,
        request,
        response,
        model);
  }

  @PostMapping("/views/{id:\\d+}")
  String change(
      @PathVariable String id,
      @RequestParam long revision,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var view = view(id, agent);
    var filled = filled(request);
    var audience = audience(filled, agent);
    return answer(
        view,
        filled,
        views.change(view, filled.name(), audience, filled.terms(), revision, agent),
        agent,
        request,
        response,
        model);
  }

  @PostMapping("/views/{id:\\d+}/removal")
  String remove(
      @PathVariable String id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var view = view(id, agent);
    Flash.say(
        request,
        response,
        views
            .remove(view, agent)
            .fold(_ -> "“" + view.name() + "” is gone.", refused -> refused.detail()));
    return "redirect:/tickets";
  }

  @PostMapping("/views/{id:\\d+}/place")
  String move(
      @PathVariable String id,
      @RequestParam boolean up,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    Flash.say(
        request,
        response,
        views.move(view(id, agent), up, agent).fold(_ -> "Moved.", refused -> refused.detail()));
    return "redirect:/views/" + id;
  }

  private String answer(
      @Nullable View before,
      Filled filled,
      Outcome<View> outcome,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return switch (outcome) {
      case Outcome.Accepted<View>(View view) -> {
        Flash.say(request, response, "Saved.");
        yield "redirect:/tickets?view=" + view.key();
      }
      case Outcome.Rejected<View>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(before, filled, detail, agent, request, model);
      }
    };
  }

  private View view(String id, Agent agent) {
    return views
        .get(id, agent)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String page(
      @Nullable View view,
      Filled filled,
      String problem,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    var wrong = Conditions.problem(filled.terms().condition());
    var from = new Viewpoint(agent, clock.instant(), Page.zoneOf(request));
    var preview =
        wrong.isPresent()
            ? new ViewPage(List.of(), null, true)
            : pages.page(filled.terms(), null, PREVIEWED, from);
    var said = problem.isEmpty() ? wrong.orElse("") : problem;
    model.addAttribute("agent", agent);
    model.addAttribute("mayChange", view == null || views.mayChange(view, agent));
    model.addAttribute("editor", new ViewEditor(view, filled, known(agent), preview, said));
    return "ticket/view";
  }

  private Known known(Agent agent) {
    var audiences = new ArrayList<Option>();
    audiences.add(new Option("own", "Only me"));
    if (agent.may(Permission.PREPARE)) {
      teams
          .of(agent.id())
          .forEach(
              team -> audiences.add(new Option("" + team.id().value(), "Team " + team.name())));
    }
    if (views.mayGiveTo(new Audience.Everybody(), agent)) {
      audiences.add(new Option("all", "Everybody"));
    }
    var own =
        Arrays.stream(FieldOwner.values())
            .flatMap(owner -> fields.of(owner.about()).stream())
            .filter(field -> !field.retired())
            .map(Fields::of)
            .toList();
    return new Known(teams.all(), agents.active(), own, looks, audiences);
  }

  private Filled filled(HttpServletRequest request) {
    var sent = request.getParameterMap();
    var shown = List.of(sent.getOrDefault("column", new String[0]));
    return new Filled(
        first(request, "name"),
        first(request, "audience"),
        new Terms(
            new ConditionForm(sent).read(),
            looks.order(first(request, "order")).orElse(Order.Usual.UPDATED),
            !first(request, "way").equals("up"),
            looks.grouping(first(request, "grouping")).orElse(Grouping.Usual.NONE),
            looks.columns(shown)));
  }

  private static String first(HttpServletRequest request, String name) {
    @Nullable String value = request.getParameter(name);
    return value == null ? "" : value;
  }

  private static Audience audience(Filled filled, Agent agent) {
    return filled.audience().matches("\\d{1,18}")
        ? new Audience.OfTeam(new TeamId(Long.parseLong(filled.audience())))
        : filled.audience().equals("all") ? new Audience.Everybody() : new Audience.Own(agent.id());
  }

  private static String audience(Audience audience) {
    return switch (audience) {
      case Audience.Own _, Audience.Shipped _ -> "own";
      case Audience.OfTeam(TeamId team) -> "" + team.value();
      case Audience.Everybody _ -> "all";
    };
  }
}
