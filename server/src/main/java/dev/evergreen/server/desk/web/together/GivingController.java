package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.task.NewTeamTask;
import dev.evergreen.server.ticket.task.TeamTasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Giving a task on a ticket to a team or a colleague.
@Controller
final class GivingController {
  /// A day ends when people go home.
  private static final LocalTime EVENING = LocalTime.of(18, 0);

  private final Desk desk;
  private final TeamTasks tasks;
  private final Teams teams;
  private final Agents agents;
  private final Submissions submissions;

  GivingController(
      Desk desk, TeamTasks tasks, Teams teams, Agents agents, Submissions submissions) {
    this.desk = desk;
    this.tasks = tasks;
    this.teams = teams;
    this.agents = agents;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/team-tasks/new")
  String form(@PathVariable long number, Agent agent, Model model) {
    return page(ticket(number, agent), NewTaskPage.Typed.NOTHING, "", agent, model);
  }

  @PostMapping("/tickets/{number}/team-tasks")
  String give(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(required = false) @Nullable Long team,
      @RequestParam(name = "to", required = false) @Nullable Long to,
      @RequestParam(defaultValue = "") String day,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(number, agent);
    var given =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                evening(day, Page.zoneOf(request))
                    .then(due ->
                        tasks.give(
                            ticket.id(),
                            new NewTeamTask(
                                text,
                                team == null ? null : new TeamId(team),
                                to == null ? null : new AgentId(to),
                                due.at(),
                                null),
                            agent.actor()))
                    .map(id -> "" + id.value()));
    return switch (given) {
      case Outcome.Accepted<String> _ -> {
        Flash.say(request, response, "Given. They are told.");
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        var typed =
            new NewTaskPage.Typed(
                text, team == null ? "" : "" + team, to == null ? "" : "" + to, day);
        yield page(ticket, typed, detail, agent, model);
      }
    };
  }

  /// When it is wanted; null when nobody said.
  private record Wanted(@Nullable Instant at) {}

  private static Outcome<Wanted> evening(String day, ZoneId zone) {
    if (day.isBlank()) {
      return Outcome.accepted(new Wanted(null));
    }
    try {
      return Outcome.accepted(
          new Wanted(LocalDate.parse(day.strip()).atTime(EVENING).atZone(zone).toInstant()));
    } catch (DateTimeException _) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a day such as 2026-11-23, but found “" + day + "”.");
    }
  }

  private String page(
      Ticket ticket, NewTaskPage.Typed typed, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new NewTaskPage(ticket, typed, new Addressees(teams.all(), agents.active()), problem));
    return "desk/together/task_new";
  }

  private Ticket ticket(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.INVOLVE);
  }
}
