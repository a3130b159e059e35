package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.team.Agent;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What people have done with tasks and runs, each command once: given again under the same id, by
/// whichever node, after a lost answer or by a second click, it answers as it did the first time
/// and does nothing more. A command that was refused has done nothing and may be given again. One
/// that the database could not take (a deadlock, a lost connection) is taken again, see
/// [Submissions].
@Component
public class Commands {
  private final Tasks tasks;
  private final Runs runs;
  private final Submissions submissions;

  Commands(Tasks tasks, Runs runs, Submissions submissions) {
    this.tasks = tasks;
    this.runs = runs;
    this.submissions = submissions;
  }

  /// See [Tasks#complete].
  public Completion complete(
      CommandId id, TaskId task, Map<String, String> answers, ZoneId zone, Agent by) {
    return once(id, "complete", task, by, () -> tasks.complete(task, answers, zone, by));
  }

  /// See [Tasks#skip].
  public Completion skip(CommandId id, TaskId task, String reason, Agent by) {
    return once(id, "skip", task, by, () -> tasks.skip(task, reason, by));
  }

  /// See [Tasks#reassign].
  public Completion reassign(CommandId id, TaskId task, DoStep.Assignee to, Agent by) {
    return once(id, "reassign", task, by, () -> tasks.reassign(task, to, by));
  }

  /// See [Runs#retry].
  public Outcome<WorkflowRun> retry(CommandId id, RunId run, int activation, Agent by) {
    return once(id, "retry " + activation, run, by, () -> runs.retry(run, activation, by));
  }

  /// See [Runs#skip].
  public Outcome<WorkflowRun> skip(
      CommandId id, RunId run, int activation, String reason, Agent by) {
    return once(id, "skip " + activation, run, by, () -> runs.skip(run, activation, reason, by));
  }

  /// See [Runs#deviate].
  public Outcome<WorkflowRun> deviate(
      CommandId id, RunId run, int activation, String reason, Agent by) {
    return once(
        id, "deviate " + activation, run, by, () -> runs.deviate(run, activation, reason, by));
  }

  /// See [Runs#move].
  public Outcome<WorkflowRun> move(CommandId id, RunId run, Version to, long seen, Agent by) {
    return once(id, "move " + to.number(), run, by, () -> runs.move(run, to, seen, by));
  }

  /// See [Runs#end].
  public Outcome<WorkflowRun> end(CommandId id, RunId run, String reason, Agent by) {
    return once(id, "end", run, by, () -> runs.end(run, reason, by));
  }

  private Completion once(
      CommandId id, String verb, TaskId task, Agent by, Supplier<Completion> command) {
    var last = new AtomicReference<@Nullable Completion>();
    String what = verb + " of task " + task.value();
    Outcome<String> outcome =
        submissions.together(
            key(id, by),
            tasks.ahead(task),
            () -> {
              Completion completion = command.get();
              last.set(completion);
              return completion instanceof Completion.Done
                  ? Outcome.accepted(what)
                  : Outcome.rejected(Reason.INVALID, what);
            });
    return switch (outcome) {
      case Outcome.Accepted<String>(String done) when !done.equals(what) ->
          new Completion.Refused(Reason.INVALID, another(done));
      case Outcome.Accepted<String> _ when last.get() instanceof Completion.Done done -> done;
      case Outcome.Accepted<String> _ -> new Completion.Done(tasks.withId(task).orElseThrow());
      case Outcome.Rejected<String> _ -> Objects.requireNonNull(last.get(), "what was refused");
    };
  }

  private Outcome<WorkflowRun> once(
      CommandId id, String verb, RunId run, Agent by, Supplier<Outcome<WorkflowRun>> command) {
    String what = verb + " of run " + run.value();
    return submissions
        .once(key(id, by), () -> command.get().map(_ -> what))
        .fold(
            done ->
                done.equals(what)
                    ? Outcome.accepted(runs.withId(run).orElseThrow())
                    : Outcome.rejected(Reason.INVALID, another(done)),
            rejected -> Outcome.rejected(rejected.reason(), rejected.detail()));
  }

  private static String key(CommandId id, Agent by) {
    return "command %d %s".formatted(by.id().value(), id.value());
  }

  private static String another(String done) {
    return "Expected a command that was not given before, but its id stands for the %s."
        .formatted(done);
  }
}
