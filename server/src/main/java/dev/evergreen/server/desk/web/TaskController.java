package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// An agent does the step that a workflow asks for, or leaves it out with a reason. Who may, is who
/// may see the ticket.
@Controller
final class TaskController {

  private final Desk desk;
  private final Screens screens;
  private final Tasks tasks;
  private final Commands commands;

  TaskController(Desk desk, Screens screens, Tasks tasks, Commands commands) {
    this.desk = desk;
    this.screens = screens;
    this.tasks = tasks;
    this.commands = commands;
  }

  @PostMapping("/tasks/{id}/completion")
  String complete(
      @PathVariable long id,
      @RequestParam Map<String, String> answers,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Task task = task(id);
    desk.ticket(task.subject().id(), agent, Permission.NOTE);
    var exchange = new Exchange(agent, request, response, model);
    var zone = Page.zoneOf(request);
    var completion =
        commands.complete(new CommandId(exchange.key()), new TaskId(id), answers, zone, agent);
    return answer(task, completion, answers, "Done.", exchange);
  }

  @PostMapping("/tasks/{id}/skip")
  String skip(
      @PathVariable long id,
      @RequestParam String reason,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Task task = task(id);
    desk.ticket(task.subject().id(), agent, Permission.NOTE);
    var exchange = new Exchange(agent, request, response, model);
    var completion = commands.skip(new CommandId(exchange.key()), new TaskId(id), reason, agent);
    return answer(task, completion, Map.of(), "Skipped.", exchange);
  }

  private Task task(long id) {
    return tasks
        .withId(new TaskId(id))
        .filter(task -> task.subject().kind().equals("ticket"))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /// What could not be taken comes back as the page with the form as it was sent and what is wrong.
  private String answer(
      Task task,
      Completion completion,
      Map<String, String> answers,
      String done,
      Exchange exchange) {
    long number = task.subject().id();
    if (completion instanceof Completion.Done) {
      Flash.say(exchange.request(), exchange.response(), done);
      return "redirect:/tickets/" + number;
    }
    return screens.refuse(
        desk.ticket(number, exchange.agent()),
        completion instanceof Completion.Refused refused ? refused.reason() : Reason.INVALID,
        new Refusal.OfStep(task, answers, completion),
        exchange);
  }
}
