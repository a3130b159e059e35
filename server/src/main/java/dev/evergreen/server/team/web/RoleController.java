package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.Teams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The roles: looked at beside one another, copied, changed, retired.
@Controller
@RequestMapping(RoleController.PATH)
class RoleController {
  static final String PATH = "/settings/roles";

  private final Roles roles;
  private final Teams teams;

  RoleController(Roles roles, Teams teams) {
    this.roles = roles;
    this.teams = teams;
  }

  private record Exchange(
      Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}

  @GetMapping
  String list(@May(Permission.ADMINISTER) Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("page", new RolesPage(roles.own(), roles.holders(), teams.all()));
    return "team/roles";
  }

  @GetMapping("/new")
  String form(
      @RequestParam(defaultValue = "AGENT") String from,
      @May(Permission.ADMINISTER) Agent agent,
      Model model) {
    var role =
        roles.withKey(from).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return page(RoleForm.copyOf(role, teams.all()), agent, model);
  }

  @GetMapping("/{id}")
  String form(@PathVariable long id, @May(Permission.ADMINISTER) Agent agent, Model model) {
    return page(RoleForm.of(own(id), teams.all()), agent, model);
  }

  @PostMapping
  String make(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") List<String> grant,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var wanted = Roles.Wanted.of(name, grant, teams.all());
    return answer(
        roles.make(wanted, agent.actor()),
        "There is a role “%s” now: give it to somebody under Team.".formatted(name.strip()),
        RoleForm.copyOf(Role.AGENT, teams.all()).refused(wanted, ""),
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") List<String> grant,
      @RequestParam long revision,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var form = RoleForm.of(own(id), teams.all());
    var wanted = Roles.Wanted.of(name, grant, teams.all());
    return answer(
        roles.change(id, revision, wanted, agent.actor()),
        "Saved. Whoever has the role may what it says now.",
        form.refused(wanted, ""),
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id}/retirement")
  String retire(
      @PathVariable long id,
      @RequestParam boolean retired,
      @RequestParam long revision,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        roles.retire(id, revision, retired, agent.actor()),
        retired
            ? "Retired: nobody is given it any more, who has it keeps it."
            : "It can be given again.",
        RoleForm.of(own(id), teams.all()),
        new Exchange(agent, request, response, model));
  }

  private String answer(Outcome<Role> outcome, String done, RoleForm form, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<Role> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:" + PATH;
      }
      case Outcome.Rejected<Role>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        var wanted = new Roles.Wanted(form.name(), form.grants());
        yield page(form.refused(wanted, detail), exchange.agent(), exchange.model());
      }
    };
  }

  private Roles.Own own(long id) {
    return roles.own().stream()
        .filter(one -> one.role().key().equals("" + id))
        .findAny()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static String page(RoleForm form, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("form", form);
    return "team/role";
  }
}
