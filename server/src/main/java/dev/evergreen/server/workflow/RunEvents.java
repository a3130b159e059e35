package dev.evergreen.server.workflow;

import dev.evergreen.engine.Event;
import dev.evergreen.language.EventJson;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Run events as ledger entries: the one history that a run has. The entry is about the run, and
/// its kind says which event it is; its data says whose run it is, under the name of the subject's
/// kind (`"ticket": 42`), and holds the event.
final class RunEvents {
  static final String EVENT = "event";

  private static final ClassValue<String> KINDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
          String words =
              event.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
          return words.startsWith("run-") ? "run." + words.substring(4) : "run." + words;
        }
      };

  private static final Map<String, String> VARIANTS =
      EventJson.variants().stream()
          .collect(Collectors.toUnmodifiableMap(RunEvents::kind, Class::getSimpleName));

  private RunEvents() {}

  /// `run.started`, `run.task-opened`, `run.fault-raised` …
  static String kind(Event event) {
    return kind(event.getClass());
  }

  static String kind(Class<? extends Event> event) {
    return KINDS.get(event);
  }

  static Map<String, Object> data(Event event, Subject subject) {
    Map<String, Object> json = EventJson.toMap(event);
    json.remove(EventJson.VARIANT);
    return Map.of(EVENT, json, subject.kind(), subject.id());
  }

  static Event event(Ledger.Entry entry) {
    if (entry.data().get(EVENT) instanceof Map<?, ?> map) {
      var json = new HashMap<String, Object>();
      map.forEach((name, value) -> json.put((String) name, value));
      json.put(EventJson.VARIANT, variant(entry.kind()));
      return EventJson.fromMap(json);
    }
    throw new IllegalStateException(
        "expected the event of a run in ledger entry %d, but found %s"
            .formatted(entry.id(), entry.data()));
  }

  private static String variant(String kind) {
    String name = VARIANTS.get(kind);
    if (name == null) {
      throw new IllegalStateException("expected the kind of a run's event, but found " + kind);
    }
    return name;
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
