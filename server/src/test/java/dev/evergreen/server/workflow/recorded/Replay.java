package dev.evergreen.server.workflow.recorded;

import dev.evergreen.engine.Decision;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Engine;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run;
import java.util.List;

/// Brings recorded inputs to a run again.
final class Replay {
  private Replay() {}

  static List<Event> accepted(
      Definition definition, Run run, Input input, Engine.Surroundings surroundings) {
    return switch (Engine.decide(definition, run, input, surroundings)) {
      case Decision.Accepted accepted -> accepted.events();
      case Decision.Rejected rejected ->
          throw new AssertionError("expected %s to be taken, but: %s".formatted(input, rejected));
    };
  }

  /// Gives a run the inputs that came after so many, and has each come to what it came to then.
  static Run onwards(Recording recording, Run from, int after) {
    List<Definition> all = recording.definitions();
    Definition definition = all.get(textAfter(recording, after));
    Run run = from;
    for (Recording.Taken taken : recording.inputs().subList(after, recording.inputs().size())) {
      Input input = InputJson.read(taken.input(), run, definition, all);
      List<Event> events = accepted(definition, run, input, recording.surroundings(taken));
      if (!events.equals(taken.happened())) {
        throw new AssertionError(
            "expected of %s in %s:%n%s%nbut found:%n%s"
                .formatted(input, recording.name(), taken.happened(), events));
      }
      run = run.apply(events);
      Integer moved = InputJson.textAfter(taken.input());
      definition = moved == null ? definition : all.get(moved);
    }
    return run;
  }

  private static int textAfter(Recording recording, int inputs) {
    return recording.inputs().subList(0, inputs).stream()
        .map(taken -> InputJson.textAfter(taken.input()))
        .filter(java.util.Objects::nonNull)
        .reduce(0, (_, last) -> last);
  }
}
