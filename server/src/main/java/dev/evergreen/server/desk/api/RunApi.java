package dev.evergreen.server.desk.api;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiCall;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.WorkflowRun;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The runs of workflows, for programs of leads and administrators: where they stand, and how one
/// goes on that stopped or that is to leave its way. Those of a ticket are for whoever may see it.
@RestController
class RunApi {
  private static final int MOST = 200;

  private final Runs runs;
  private final Commands commands;
  private final TicketFinder finder;

  RunApi(Runs runs, Commands commands, TicketFinder finder) {
    this.runs = runs;
    this.commands = commands;
    this.finder = finder;
  }

  /// @param subject what it is about: `ticket/1042`
  /// @param status `running`, `faulted`, `ended` or `canceled`, …
  /// @param data what it knows by now
  /// @param revision how many events it has had
  record RunJson(
      long id,
      String workflow,
      int version,
      String subject,
      String status,
      List<StepJson> open,
      Map<String, Object> data,
      Moments moments,
      long revision) {
    static RunJson of(WorkflowRun run) {
      return new RunJson(
          run.id().value(),
          run.version().name(),
          run.version().number(),
          run.subject().kind() + "/" + run.subject().id(),
          run.state().status().name().toLowerCase(Locale.ROOT),
          run.state().open().stream().map(one -> StepJson.of(run, one)).toList(),
          run.state().data(),
          new Moments(run.moments().startedAt(), run.moments().changedAt()),
          run.revision());
    }
  }

  record Moments(Instant startedAt, Instant changedAt) {}

  /// A visit of a step that is not over.
  ///
  /// @param activation its number in the run
  /// @param problem why it stopped; null when it did not
  record StepJson(int activation, String step, String title, @Nullable String problem) {
    static StepJson of(WorkflowRun run, Activation open) {
      return new StepJson(
          open.number(),
          open.step(),
          run.version().definition().titleOf(open.step()),
          open instanceof Activation.Fault fault ? fault.problem() : null);
    }
  }

  @Operation(summary = "Runs that stopped, or those under way; the newest 200", tags = "Runs")
  @GetMapping("/api/v1/runs")
  ApiPage<RunJson> runs(
      @Parameter(description = "faults or open") @RequestParam(defaultValue = "open") String view,
      @Parameter(hidden = true) @May(Permission.PUBLISH) Agent agent) {
    return ApiPage.whole(
        (view.equals("faults") ? runs.faults(MOST) : runs.open(MOST))
            .stream().map(RunJson::of).toList());
  }

  @Operation(summary = "The runs of a ticket", tags = "Runs")
  @GetMapping("/api/v1/tickets/{number}/runs")
  ApiPage<RunJson> ofTicket(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var ticket = finder.find(number, agent);
    return ApiPage.whole(runs.of(ticket.id().subject()).stream().map(RunJson::of).toList());
  }

  @Operation(summary = "A run", tags = "Runs")
  @GetMapping("/api/v1/runs/{id}")
  RunJson show(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.PUBLISH) Agent agent) {
    return RunJson.of(run(id));
  }

  record WhyJson(String reason) {}

  @Operation(
      summary = "Leave an open step out, with a reason",
      description = "The standard may be left, and it is recorded.",
      tags = "Runs")
  @PostMapping("/api/v1/runs/{id}/steps/{activation}/deviation")
  RunJson deviate(
      @PathVariable long id,
      @PathVariable int activation,
      @RequestBody WhyJson body,
      @Parameter(hidden = true) @May(Permission.PUBLISH) Agent agent,
      HttpServletRequest request) {
    return answer(
        commands.deviate(command(request, agent), run(id).id(), activation, body.reason(), agent));
  }

  @Operation(summary = "Try a step again that stopped", tags = "Runs")
  @PostMapping("/api/v1/runs/{id}/faults/{activation}/retry")
  RunJson retry(
      @PathVariable long id,
      @PathVariable int activation,
      @Parameter(hidden = true) @May(Permission.PUBLISH) Agent agent,
      HttpServletRequest request) {
    return answer(commands.retry(command(request, agent), run(id).id(), activation, agent));
  }

  @Operation(summary = "Go on after a step that stopped, with a reason", tags = "Runs")
  @PostMapping("/api/v1/runs/{id}/faults/{activation}/skip")
  RunJson skip(
      @PathVariable long id,
      @PathVariable int activation,
      @RequestBody WhyJson body,
      @Parameter(hidden = true) @May(Permission.PUBLISH) Agent agent,
      HttpServletRequest request) {
    return answer(
        commands.skip(command(request, agent), run(id).id(), activation, body.reason(), agent));
  }

  @Operation(summary = "End a run, with a reason", tags = "Runs")
  @PostMapping("/api/v1/runs/{id}/end")
  RunJson end(
      @PathVariable long id,
      @RequestBody WhyJson body,
      @Parameter(hidden = true) @May(Permission.PUBLISH) Agent agent,
      HttpServletRequest request) {
    return answer(commands.end(command(request, agent), run(id).id(), body.reason(), agent));
  }

  private WorkflowRun run(long id) {
    return runs.withId(new RunId(id)).orElseThrow(() -> ApiRefusal.unknown("run " + id));
  }

  private static CommandId command(HttpServletRequest request, Agent agent) {
    var key = ApiCall.of(request, "agent " + agent.id().value()).key();
    return key == null ? CommandId.fresh() : new CommandId(key);
  }

  private static RunJson answer(Outcome<WorkflowRun> outcome) {
    return outcome.fold(
        RunJson::of,
        rejected -> {
          throw ApiRefusal.of(rejected);
        });
  }
}
