package dev.evergreen.server.faults;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Visitor;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// An agent with a window open on each of two nodes, who wants what others want too.
record Rival(Agent agent, Visitor first, Visitor second) implements AutoCloseable {
  /// Somebody who was hired for it and has signed in.
  static Rival at(Pair pair, String name) {
    var agent = pair.installation.hire(name);
    var first = Installation.signedIn(agent, pair.first.node());
    return new Rival(agent, first, first.window(pair.second.node().port()));
  }

  /// What somebody was told.
  enum Told {
    DONE,
    TOO_LATE,
    /// An answer that is neither, or none.
    NOTHING
  }

  static Told tell(Visitor visitor, String path, Map<String, String> form) {
    try {
      return switch (visitor.post(path, form).statusCode()) {
        case 302 -> Told.DONE;
        case 409 -> Told.TOO_LATE;
        default -> Told.NOTHING;
      };
    } catch (UncheckedIOException _) {
      return Told.NOTHING;
    }
  }

  /// How a fight ended, in which everybody sent one command by both nodes at once.
  ///
  /// @param unanswered how many were told nothing
  /// @param torn how many were told different things by the two nodes, of one command
  record Fight(List<Agent> winners, int unanswered, int torn) {}

  /// @param form what each of them sends
  static Fight fight(List<Rival> rivals, String path, Function<Agent, Map<String, String>> form)
      throws InterruptedException, ExecutionException {
    var commands = new ArrayList<Callable<Told>>();
    for (Rival rival : rivals) {
      var sent = form.apply(rival.agent());
      commands.add(() -> tell(rival.first(), path, sent));
      commands.add(() -> tell(rival.second(), path, sent));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Told>> told = threads.invokeAll(commands);
      var winners = new ArrayList<Agent>();
      int unanswered = 0;
      int torn = 0;
      for (int i = 0; i < rivals.size(); i++) {
        Told one = told.get(2 * i).get();
        Told other = told.get(2 * i + 1).get();
        Optional.of(rivals.get(i).agent()).filter(_ -> one == Told.DONE).ifPresent(winners::add);
        unanswered += one == Told.NOTHING || other == Told.NOTHING ? 1 : 0;
        torn += one == other ? 0 : 1;
      }
      return new Fight(winners, unanswered, torn);
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
