package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiCall;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.Workflows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What workflows ask of people, for programs: the tasks that are open, done by answering their
/// forms or left out with a reason; and the workflows in force.
@RestController
class WorkApi {
  private static final int MOST = 200;

  private final TicketFinder finder;
  private final Tasks tasks;
  private final Commands commands;
  private final Workflows workflows;

  WorkApi(TicketFinder finder, Tasks tasks, Commands commands, Workflows workflows) {
    this.finder = finder;
    this.tasks = tasks;
    this.commands = commands;
    this.workflows = workflows;
  }

  /// @param ticket the number of the ticket that it is about; null when it is about something else
  /// @param status `open`, `done`, `skipped` or `withdrawn`
  /// @param team the key of the team that it is asked of
  /// @param agent the id of the agent that it is asked of
  record TaskJson(
      long id,
      String title,
      @Nullable Long ticket,
      String status,
      @Nullable String team,
      @Nullable Long agent,
      Instant openedAt,
      @Nullable Instant dueAt) {
    static TaskJson of(Task task) {
      var subject = task.subject();
      var agent = task.assignee().agent();
      return new TaskJson(
          task.id().value(),
          task.title(),
          subject.kind().equals("ticket") ? subject.id() : null,
          task.progress().status().name().toLowerCase(Locale.ROOT),
          task.assignee().team(),
          agent == null ? null : agent.value(),
          task.progress().openedAt(),
          task.progress().dueAt());
    }
  }

  @Operation(summary = "The open tasks of the agent and of their teams", tags = "Tasks")
  @GetMapping("/api/v1/tasks")
  ApiPage<TaskJson> mine(@Parameter(hidden = true) Agent agent) {
    return ApiPage.whole(tasks.openFor(agent, MOST).stream().map(TaskJson::of).toList());
  }

  @Operation(summary = "The tasks of a ticket", tags = "Tasks")
  @GetMapping("/api/v1/tickets/{number}/tasks")
  ApiPage<TaskJson> ofTicket(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var ticket = finder.find(number, agent);
    return ApiPage.whole(tasks.of(ticket.id().subject()).stream().map(TaskJson::of).toList());
  }

  /// @param answers by the names of the form's fields, as people type them; times without a zone
  ///   are read as UTC
  record AnswersJson(Map<String, String> answers) {
    AnswersJson {
      answers = Map.copyOf(answers);
    }
  }

  @Operation(
      summary = "Complete a task by answering its form",
      description =
          "What is wrong with an answer comes back under `fields`, by the names of the fields.",
      tags = "Tasks")
  @PostMapping("/api/v1/tasks/{id}/completion")
  TaskJson complete(
      @PathVariable long id,
      @RequestBody AnswersJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var task = visible(id, agent);
    return answer(
        commands.complete(
            command(request, agent), task.id(), body.answers(), ZoneOffset.UTC, agent));
  }

  record ReasonJson(String reason) {}

  @Operation(summary = "Leave a task out, with a reason", tags = "Tasks")
  @PostMapping("/api/v1/tasks/{id}/skip")
  TaskJson skip(
      @PathVariable long id,
      @RequestBody ReasonJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var task = visible(id, agent);
    return answer(commands.skip(command(request, agent), task.id(), body.reason(), agent));
  }

  /// @param name what other workflows and files call it
  record WorkflowJson(String name, String title, int version) {
    static WorkflowJson of(Version version) {
      return new WorkflowJson(version.name(), version.title(), version.number());
    }
  }

  @Operation(summary = "The workflows in force", tags = "Workflows")
  @GetMapping("/api/v1/workflows")
  ApiPage<WorkflowJson> workflows() {
    return ApiPage.whole(workflows.current().stream().map(WorkflowJson::of).toList());
  }

  /// A task about a ticket that the agent may see.
  private Task visible(long id, Agent agent) {
    return tasks
        .withId(new TaskId(id))
        .filter(it -> it.subject().kind().equals("ticket"))
        .filter(it -> finder.visible(it.subject().id(), agent).isPresent())
        .orElseThrow(() -> ApiRefusal.unknown("task " + id));
  }

  private static CommandId command(HttpServletRequest request, Agent agent) {
    var key = ApiCall.of(request, "agent " + agent.id().value()).key();
    return key == null ? CommandId.fresh() : new CommandId(key);
  }

  private TaskJson answer(Completion completion) {
    return switch (completion) {
      case Completion.Done(Task task) -> TaskJson.of(tasks.withId(task.id()).orElse(task));
      case Completion.Wrong(Map<String, String> fields) ->
          throw ApiRefusal.invalid("Some answers do not fit the form.", fields);
      case Completion.Refused(Outcome.Reason reason, String detail) ->
          throw ApiRefusal.of(new Outcome.Rejected<>(reason, detail));
    };
  }
}
