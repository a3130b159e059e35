package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Event;
import dev.evergreen.server.workflow.RunEvent;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.Workflows;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the runs about a subject tell in its timeline: that they began, what people did for them,
/// where they stopped. What they do by themselves shows there by its effect.
@Component
public class Milestones {
  private static final int MOST_RUNS = 5;

  /// The events that become milestones, and those that name what they are about.
  private static final Set<Class<? extends Event>> TOLD =
      Set.of(
          Event.RunStarted.class,
          Event.RunMigrated.class,
          Event.TaskOpened.class,
          Event.TaskCompleted.class,
          Event.Skipped.class,
          Event.FaultRaised.class,
          Event.FaultCleared.class,
          Event.RunCanceled.class);

  private final Runs runs;
  private final Workflows workflows;

  Milestones(Runs runs, Workflows workflows) {
    this.runs = runs;
    this.workflows = workflows;
  }

  /// @param entry the id of the ledger entry that says so
  public record Milestone(long entry, Instant at, String icon, String who, String what) {}

  /// In no order over all runs; of many runs, which come with the newest first, those of the first
  /// few. The caller has loaded their subject through its finder.
  public List<Milestone> of(List<WorkflowRun> about) {
    var newest = about.subList(0, Math.min(about.size(), MOST_RUNS));
    var histories = runs.histories(newest, TOLD);
    return newest.stream()
        .flatMap(
            run -> of(new Following(run, workflows), histories.getOrDefault(run.id(), List.of())))
        .toList();
  }

  private static Stream<Milestone> of(Following following, List<RunEvent> history) {
    var titles = new HashMap<Integer, String>();
    return history.stream()
        .map(happened -> of(following.of(happened.event()), happened, titles))
        .filter(milestone -> milestone != null);
  }

  private static @Nullable Milestone of(
      Definition definition, RunEvent happened, Map<Integer, String> titles) {
    String workflow = "Workflow " + definition.title();
    String by = happened.by().name();
    if (happened.event() instanceof Event.OfStep of) {
      titles.put(of.activation(), definition.titleOf(of.step()));
    }
    return switch (happened.event()) {
      case Event.RunStarted _ ->
          happened.by().kind().equals("agent")
              ? milestone(
                  happened, "route", by, "started the workflow “%s”".formatted(definition.title()))
              : milestone(happened, "route", workflow, "started");
      case Event.RunMigrated moved ->
          milestone(happened, "route", by, "moved the workflow to version " + moved.version());
      case Event.TaskCompleted task ->
          milestone(happened, "check", by, "did “" + titles.get(task.activation()) + "”");
      case Event.Skipped task ->
          milestone(
              happened,
              "player-skip-forward",
              by,
              "skipped “%s”: %s".formatted(titles.get(task.activation()), task.reason()));
      case Event.FaultRaised fault ->
          milestone(
              happened,
              "alert-triangle",
              workflow,
              "stopped at “" + definition.titleOf(fault.step()) + "”");
      case Event.FaultCleared _ -> milestone(happened, "refresh", by, "had the workflow try again");
      case Event.RunCanceled canceled ->
          milestone(happened, "route", by, "ended the workflow: " + canceled.reason());
      default -> null;
    };
  }

  private static Milestone milestone(RunEvent happened, String icon, String who, String what) {
    return new Milestone(happened.entry(), happened.at(), icon, who, what);
  }
}
