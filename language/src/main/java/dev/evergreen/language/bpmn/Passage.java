package dev.evergreen.language.bpmn;

import dev.evergreen.engine.Step;
import dev.evergreen.language.bpmn.Graph.Vertex;
import java.util.ArrayList;
import java.util.List;

/// What was read along a way: its steps, and where it came to.
record Passage(List<Step> steps, Stop stop) {
  static final Passage NOTHING = new Passage(List.of(), new Stop.Over());

  Passage {
    steps = List.copyOf(steps);
  }

  /// Where the reading of a way came to.
  sealed interface Stop {
    /// A node at which ways meet, and over how many flows it was come to; over 0 it is straight on.
    record Meeting(Vertex at, int flows) implements Stop {}

    /// The end of the run.
    record Ended() implements Stop {}

    /// The end of this way, or of this scope.
    record Over() implements Stop {}

    /// An end that leaves everything in this scope.
    record Left() implements Stop {}

    /// Where the ways of one block come to, which is one place for all that go on.
    static Stop ofAll(Vertex block, List<Stop> ways) throws Blocked {
      Vertex meeting = null;
      int flows = 0;
      for (Stop way : ways) {
        if (way instanceof Meeting(var place, var count)) {
          if (meeting != null && meeting != place) {
            throw new Blocked(
                block,
                "its ways meet at different places, %s and %s".formatted(meeting, place),
                "let all of them meet again at one gateway");
          }
          meeting = place;
          flows += count;
        }
      }
      boolean over = ways.stream().anyMatch(Over.class::isInstance);
      boolean left = ways.stream().anyMatch(Left.class::isInstance);
      if (meeting != null && (over || left)) {
        throw new Blocked(
            block,
            "one of its ways is over while another goes on",
            "let that way end with a terminate event, or lead it to where the others meet");
      }
      if (meeting != null) {
        return new Meeting(meeting, flows);
      }
      return over ? new Over() : left ? new Left() : new Ended();
    }
  }

  /// One step, or none, and on to the next node.
  static Passage straight(List<Step> steps, Vertex at) throws Blocked {
    return straight(steps, at, new Stop.Over());
  }

  /// @param inside where it comes to when no flow leaves the node
  static Passage straight(List<Step> steps, Vertex at, Stop inside) throws Blocked {
    return new Passage(steps, at.out().isEmpty() ? inside : new Stop.Meeting(at.next(), 0));
  }

  /// With a step before it.
  Passage behind(Step first) {
    var all = new ArrayList<Step>(steps);
    all.addFirst(first);
    return new Passage(all, stop);
  }
}
