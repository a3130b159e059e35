package dev.evergreen.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A history in lines, each to be read from its beginning.
///
/// The events inside of one scope are one line, in which one thing comes after the other; what goes
/// on side by side is on different lines.
final class Lines {
  private final List<Event> events;
  private final Map<Integer, Line> byScope = new HashMap<>();

  /// One event and its place in the history.
  record At(int index, Event event) {
    int activation() {
      return ((Event.OfActivation) event).activation();
    }
  }

  Lines(List<Event> history) {
    events = history.stream().filter(e -> !(e instanceof Event.Ignored)).toList();
    var scopes = new HashMap<Integer, Integer>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.OfStep e) {
        scopes.putIfAbsent(e.activation(), e.scope());
      }
      if (events.get(i) instanceof Event.OfActivation e) {
        line(scopes.get(e.activation())).events.add(new At(i, e));
      }
    }
  }

  /// Without what was ignored.
  List<Event> events() {
    return events;
  }

  /// The line inside of a scope.
  Line line(@Nullable Integer scope) {
    return byScope.computeIfAbsent(scope == null ? -1 : scope, _ -> new Line());
  }

  void expectAllRead() {
    byScope.values().forEach(line -> expect(line.isOver(), "nothing more on a line", line.index()));
  }

  void expect(boolean holds, Object what, int index) {
    if (!holds) {
      throw new AssertionError(
          "expected %s at event %d, but the history is %s".formatted(what, index, events));
    }
  }

  final class Line {
    final List<At> events = new ArrayList<>();
    int at;

    /// What it is the inside of was withdrawn before it began, as far as can be.
    boolean ownerWithdrawn;

    boolean isOver() {
      return at == events.size();
    }

    boolean neverBegan() {
      return events.isEmpty() && ownerWithdrawn;
    }

    At take() {
      expect(!isOver(), "another event on a line", index());
      return events.get(at++);
    }

    Event peek() {
      return events.get(at).event();
    }

    int index() {
      return isOver() ? Lines.this.events.size() : events.get(at).index();
    }

    /// The next event, which must be about the same activation; null when there is none.
    @Nullable At of(At began) {
      return isOver() || events.get(at).activation() != began.activation() ? null : take();
    }

    /// Expects everything on the line, from a place on, to have happened between two events.
    void within(int from, At began, @Nullable At over) {
      for (At event : events.subList(from, events.size())) {
        expect(
            event.index() > began.index() && (over == null || event.index() < over.index()),
            "nothing outside of its scope",
            event.index());
      }
    }

    record Inside(Line main, List<Line> others) {}

    /// What is inside of a scope of several lines: the main flow of a block, and each watch, each
    /// handling and each branch by itself.
    Inside split() {
      Line main = new Line();
      var others = new TreeMap<Integer, Line>();
      for (At event : events) {
        if (event.event() instanceof Event.HandlerArmed
            || event.event() instanceof Event.HandlerFired
            || event.event() instanceof Event.BranchBegan) {
          others.put(event.activation(), new Line());
        }
        others.getOrDefault(event.activation(), main).events.add(event);
      }
      at = events.size();
      byScope.put(-2 - byScope.size(), main);
      others.values().forEach(line -> byScope.put(-2 - byScope.size(), line));
      return new Inside(main, List.copyOf(others.values()));
    }
  }
}
