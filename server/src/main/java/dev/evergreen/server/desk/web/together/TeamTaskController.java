package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.task.TeamTask;
import dev.evergreen.server.ticket.task.TeamTaskId;
import dev.evergreen.server.ticket.task.TeamTasks;
import dev.evergreen.server.ticket.task.VisibleTeamTasks;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Cursor;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Part;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Row;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What teams and colleagues ask of one another: the list of it, one task, and how it ends. Who
/// sees a task may end it.
@Controller
final class TeamTaskController {
  private static final int SHOWN = 30;

  private final VisibleTeamTasks visible;
  private final TeamTasks tasks;
  private final Submissions submissions;

  TeamTaskController(VisibleTeamTasks visible, TeamTasks tasks, Submissions submissions) {
    this.visible = visible;
    this.tasks = tasks;
    this.submissions = submissions;
  }

  @GetMapping("/team-tasks")
  String list(
      @RequestParam(defaultValue = "mine") String part,
      @RequestParam(defaultValue = "") String after,
      Agent agent,
      Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("list", list(part, after, agent));
    return "desk/together/tasks";
  }

  @GetMapping("/team-tasks/rows")
  String rows(@RequestParam(defaultValue = "mine") String part, Agent agent, Model model) {
    model.addAttribute("list", list(part, "", agent));
    return "desk/together/task_rows";
  }

  private TaskList list(String part, String after, Agent agent) {
    var wanted = Part.of(part).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    var cursor = Cursor.of(after).orElse(null);
    return new TaskList(wanted, visible.page(wanted, cursor, SHOWN, agent), cursor == null);
  }

  @GetMapping("/team-tasks/{id:\\d+}")
  String show(@PathVariable long id, Agent agent, Model model) {
    return page(found(id, agent), "", "", agent, model);
  }

  @PostMapping("/team-tasks/{id:\\d+}/ending")
  String end(
      @PathVariable long id,
      @RequestParam String as,
      @RequestParam(defaultValue = "") String note,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var task = found(id, agent).task();
    boolean done = as.equals("done");
    return answer(
        task,
        () -> done ? tasks.done(task.id(), note, agent) : tasks.decline(task.id(), note, agent),
        done ? "Done." : "Declined.",
        note,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/team-tasks/{id:\\d+}/withdrawal")
  String withdraw(
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var task = found(id, agent).task();
    if (!mayWithdraw(task, agent)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return answer(
        task,
        () -> tasks.withdraw(task.id(), agent),
        "Taken back.",
        "",
        new Exchange(agent, request, response, model));
  }

  private String answer(
      TeamTask task,
      Supplier<Outcome<TeamTask>> verb,
      String said,
      String note,
      Exchange exchange) {
    var ended = submissions.once(exchange.key(), () -> verb.get().map(_ -> "ended"));
    return switch (ended) {
      case Outcome.Accepted<String> _ -> {
        Flash.say(exchange.request(), exchange.response(), said);
        yield "redirect:"
            + (visible.get(task.id(), exchange.agent()).isPresent() ? task.path() : "/team-tasks");
      }
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(
            found(task.id().value(), exchange.agent()),
            note,
            detail,
            exchange.agent(),
            exchange.model());
      }
    };
  }

  private static String page(Row row, String note, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new TaskPage(row.task(), row.subject(), mayWithdraw(row.task(), agent), note, problem));
    return "desk/together/task";
  }

  private static boolean mayWithdraw(TeamTask task, Agent agent) {
    return agent.id().equals(task.giving().agent()) || agent.may(Permission.LEAD);
  }

  private Row found(long id, Agent agent) {
    return visible
        .get(new TeamTaskId(id), agent)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
