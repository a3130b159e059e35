package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.language.EventJson;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Run events as ledger entries: the one history that a run has. The entry is about the run; its
/// data says which workflow and whose run it is, under the name of the subject's kind (`"ticket":
/// 42`), and holds the event whole.
final class RunEvents {
  private static final String EVENT = "event";

  private static final ClassValue<String> KINDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
          String words =
              event.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
          return words.startsWith("run-") ? "run." + words.substring(4) : "run." + words;
        }
      };

  private RunEvents() {}

  /// `run.started`, `run.task-opened`, `run.fault-raised` …
  static String kind(Event event) {
    return kind(event.getClass());
  }

  static String kind(Class<? extends Event> event) {
    return KINDS.get(event);
  }

  static Map<String, Object> data(Event event, Version version, Subject subject) {
    return Map.of(
        EVENT, EventJson.toMap(event), "workflow", version.title(), subject.kind(), subject.id());
  }

  static Event event(Ledger.Entry entry) {
    if (entry.data().get(EVENT) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      var json = (Map<String, ?>) map;
      return EventJson.fromMap(json);
    }
    throw new IllegalStateException(
        "expected the event of a run in ledger entry %d, but found %s"
            .formatted(entry.id(), entry.data()));
  }

  /// What the event makes of the task that its activation is, if it is one; null when nothing.
  static Task.@Nullable Status endOfTask(Event event) {
    return switch (event) {
      case Event.TaskCompleted _ -> Task.Status.DONE;
      case Event.Skipped _ -> Task.Status.SKIPPED;
      case Event.Withdrawn _ -> Task.Status.WITHDRAWN;
      default -> null;
    };
  }

  /// Who did it: the person whose input it records, else the workflow itself.
  static Actor actor(Event event, RunId run, Version version, Actor by) {
    return switch (event) {
      case Event.RunStarted _ when by.kind().equals("agent") -> by;
      case Event.TaskCompleted _,
          Event.TaskReassigned _,
          Event.Skipped _,
          Event.FaultCleared _,
          Event.RunMigrated _,
          Event.RunCanceled _ ->
          by;
      default -> Actor.workflow(run.value(), version.title());
    };
  }
}
