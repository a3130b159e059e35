package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.PasswordLinks;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roster;
import dev.evergreen.server.team.Rosters;
import dev.evergreen.server.team.SecondSteps;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The people and teams of this installation. Every method goes through the roster that the agent
/// may see; for all but administrators there is none, and so no such page.
@Controller
@RequestMapping("/settings/team")
class TeamSettingsController {
  private static final String NO_ROLE = "Expected a role that can be given; look again.";

  private final Rosters rosters;
  private final Agents agents;
  private final Teams teams;
  private final PasswordLinks links;
  private final SecondSteps steps;

  TeamSettingsController(
      Rosters rosters, Agents agents, Teams teams, PasswordLinks links, SecondSteps steps) {
    this.rosters = rosters;
    this.agents = agents;
    this.teams = teams;
    this.links = links;
    this.steps = steps;
  }

  @GetMapping
  String show(Agent viewer, Model model) {
    return page(viewer, TeamNotice.NONE, model);
  }

  @PostMapping("/agents")
  String add(
      Agent viewer,
      @RequestParam String name,
      @RequestParam String email,
      @RequestParam String role,
      @RequestParam(name = "team", defaultValue = "") List<Long> memberOf,
      HttpServletResponse response,
      Model model) {
    var given = given(rosterOf(viewer), role);
    if (given.isEmpty()) {
      response.setStatus(Outcome.Reason.INVALID.status());
      return page(viewer, TeamNotice.agentRejected(NO_ROLE, name, email), model);
    }
    var person =
        new NewAgent(name, email, given.get(), memberOf.stream().map(TeamId::new).toList());
    return switch (agents.add(person, viewer.actor())) {
      case Outcome.Accepted<Agent>(Agent added) -> invite(viewer, added, model);
      case Outcome.Rejected<Agent>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(viewer, TeamNotice.agentRejected(detail, name, email), model);
      }
    };
  }

  @PostMapping("/agents/{id}/invitation")
  String invite(Agent viewer, @PathVariable long id, Model model) {
    return invite(viewer, entry(viewer, id).agent(), model);
  }

  /// The link is part of this answer alone: no page can show it again.
  private String invite(Agent viewer, Agent invited, Model model) {
    var token = links.invite(invited.id(), viewer.actor()).expected();
    var link =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .pathSegment("password", token)
            .toUriString();
    return page(viewer, TeamNotice.invited(invited.name(), link), model);
  }

  @PostMapping("/agents/{id}/role")
  String change(
      Agent viewer,
      @PathVariable long id,
      @RequestParam String role,
      @RequestParam(name = "team", defaultValue = "") List<Long> memberOf,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var agent = entry(viewer, id).agent();
    var places = memberOf.stream().map(TeamId::new).toList();
    var given =
        agent.role().key().equals(role) ? Optional.of(agent.role()) : given(rosterOf(viewer), role);
    return answer(
        given
            .map(one -> agents.change(agent.id(), one, places, viewer.actor()))
            .orElseGet(() -> Outcome.rejected(Outcome.Reason.INVALID, NO_ROLE)),
        agent.name() + " is changed.",
        new Exchange(viewer, request, response, model));
  }

  /// For somebody who lost their device and their recovery codes.
  @PostMapping("/agents/{id}/second-step/removal")
  String removeSecondStep(
      Agent viewer,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var agent = entry(viewer, id).agent();
    return answer(
        steps.remove(agent.id(), viewer.actor()).map(_ -> agent),
        agent.name() + " signs in by the password alone.",
        new Exchange(viewer, request, response, model));
  }

  @PostMapping("/agents/{id}/departure")
  String depart(
      Agent viewer,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var agent = entry(viewer, id).agent();
    return answer(
        agents.deactivate(agent.id(), viewer.actor()),
        agent.name() + " can no longer sign in.",
        new Exchange(viewer, request, response, model));
  }

  @PostMapping("/agents/{id}/readmission")
  String readmit(
      Agent viewer,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var agent = entry(viewer, id).agent();
    return answer(
        agents.reactivate(agent.id(), viewer.actor()),
        agent.name() + " may sign in again.",
        new Exchange(viewer, request, response, model));
  }

  @PostMapping("/teams")
  String create(
      Agent viewer,
      @RequestParam String key,
      @RequestParam String title,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    rosterOf(viewer);
    return switch (teams.create(key.strip(), title, viewer.actor())) {
      case Outcome.Accepted<?> _ -> {
        Flash.say(request, response, "There is a team " + title.strip() + " now.");
        yield "redirect:/settings/team";
      }
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(viewer, TeamNotice.teamRejected(detail, key, title), model);
      }
    };
  }

  private record Exchange(
      Agent viewer, HttpServletRequest request, HttpServletResponse response, Model model) {}

  private String answer(Outcome<Agent> outcome, String done, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<Agent> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/settings/team";
      }
      case Outcome.Rejected<Agent>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(exchange.viewer(), TeamNotice.refused(detail), exchange.model());
      }
    };
  }

  private static Optional<Role> given(Roster roster, String key) {
    return roster.roles().stream().filter(role -> role.key().equals(key)).findAny();
  }

  private Roster rosterOf(Agent viewer) {
    return rosters
        .visibleTo(viewer)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Roster.Entry entry(Agent viewer, long id) {
    return rosterOf(viewer)
        .entry(new AgentId(id))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private String page(Agent viewer, TeamNotice notice, Model model) {
    model.addAttribute("agent", viewer);
    model.addAttribute("roster", rosterOf(viewer));
    model.addAttribute("notice", notice);
    return "team/settings";
  }
}
