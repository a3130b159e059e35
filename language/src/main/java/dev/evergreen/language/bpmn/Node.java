package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A flow node of a model with its place on the drawing.
///
/// @param step the block that its extension elements tell of; null when it needs none
record Node(String id, String name, Kind kind, Area area, @Nullable Step step) {
  static final int EVENT = 36;
  static final int GATEWAY = 50;

  static Node event(String id, String name, Kind kind) {
    return new Node(id, name, kind, Area.square(EVENT), null);
  }

  /// A plain end event.
  static Node end(String id) {
    return event(id, "", new Kind.Occurrence("endEvent", new Cause.Nothing(), null, null));
  }

  /// A gateway that says nothing: where ways meet, or where they part by themselves.
  static Node gateway(String id, String element) {
    return new Node(id, "", new Kind.Gateway(element), Area.square(GATEWAY), null);
  }

  Node shifted(int right, int down) {
    var moved =
        kind instanceof Kind.SubProcess sub
            ? new Kind.SubProcess(sub.inside().shifted(right, down), sub.handler())
            : kind;
    return new Node(id, name, moved, area.shifted(right, down), step);
  }

  /// A rectangle in the drawing's units.
  record Area(int x, int y, int width, int height) {
    static Area square(int size) {
      return new Area(0, 0, size, size);
    }

    Area shifted(int right, int down) {
      return new Area(x + right, y + down, width, height);
    }
  }

  sealed interface Kind {
    /// `userTask`, `serviceTask` …
    record Task(String element) implements Kind {}

    /// `exclusiveGateway` …
    record Gateway(String element) implements Kind {}

    /// `startEvent`, `endEvent`, `intermediateCatchEvent`, or `boundaryEvent` with what it is
    /// attached to.
    record Occurrence(
        String element, Cause cause, @Nullable String attachedTo, @Nullable Handler handler)
        implements Kind {}

    /// @param handler null unless it is an event subprocess
    record SubProcess(Fragment inside, @Nullable Handler handler) implements Kind {}
  }

  /// What an event is about.
  sealed interface Cause {
    record Nothing() implements Cause {}

    record Message(List<String> events) implements Cause {}

    record Timer(Span span) implements Cause {}

    record Failure() implements Cause {}

    record Terminate() implements Cause {}

    /// @param code the outcome with which a run is to end
    record Escalation(String code) implements Cause {}
  }

  boolean isBoundary() {
    return kind instanceof Kind.Occurrence event && event.attachedTo() != null;
  }
}
