package dev.evergreen.engine;

import dev.evergreen.engine.Definition.Part;
import dev.evergreen.engine.Definition.Place;
import dev.evergreen.engine.Lifecycle.Phase;
import dev.evergreen.engine.Migration.Move;
import dev.evergreen.engine.Run.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Works out, from the outside in, where in another version each open visit of a run has its place.
///
/// A visit whose step is there too stays, if a scope that stays, or a block that can be put around
/// it, is what the step is inside of there. A visit whose step is not there is withdrawn with all
/// that is inside of it, and the run goes on behind it. Anything else is impossible.
final class MigrationPlan {
  private final Definition from;
  private final Definition to;
  private final Run run;
  private final Matching same;
  private final Map<Integer, Move> moves = new TreeMap<>();

  private final Map<Integer, Activation> staying = new TreeMap<>();
  private final List<Activation> withdrawn = new ArrayList<>();
  private final List<Activation> dissolved = new ArrayList<>();
  private final List<Activation.Block> inserted = new ArrayList<>();
  private final List<Onward> onward = new ArrayList<>();

  /// How the run goes on inside of `scope` in place of what is withdrawn: enters `step`, or goes on
  /// `behind` it; at the end of the line when there is none.
  record Onward(int scope, @Nullable Step step, boolean behind) {}

  MigrationPlan(Definition from, Definition to, Run run, Map<String, String> chosen) {
    this.from = from;
    this.to = to;
    this.run = run;
    this.same = new Matching(from, to, chosen);
    placeInside(0);
    run.data()
        .forEach((name, value) -> {
          if (to.data().containsKey(name)) {
            String problem = to.problemWith(name, value, "in the data of the run");
            if (problem != null) {
              moves.put(0, new Move.Impossible(0, Definition.WHOLE, problem));
            }
          }
        });
  }

  /// In the order of the numbers of the visits.
  List<Move> moves() {
    return List.copyOf(moves.values());
  }

  /// What is withdrawn, each with all that is inside of it.
  List<Activation> withdrawn() {
    return withdrawn;
  }

  /// Blocks that are not there, while what is inside of them stays.
  List<Activation> dissolved() {
    return dissolved;
  }

  /// Blocks that are put around what stays, the outer before the inner.
  List<Activation.Block> inserted() {
    return inserted;
  }

  /// What stays open, as it will be, by its number.
  Map<Integer, Activation> staying() {
    return staying;
  }

  List<Onward> onward() {
    return onward;
  }

  /// Whether the handler watches over that block already.
  boolean isOnWatch(Handler handler, Activation.Block block) {
    return same.isKnown(handler) && !inserted.contains(block);
  }

  private void placeInside(int scope) {
    for (Activation open : run.inside(scope)) {
      place(open);
      if (withdrawn.contains(open)) {
        withdrawInside(open.number());
      } else {
        placeInside(open.number());
      }
    }
  }

  private void place(Activation open) {
    String step = same.step(open.step());
    String watching = watching(open);
    if (watching != null) {
      placeHandler(open, step, same.handler(watching));
    } else if (step == null) {
      goOnBehind(open);
    } else if (open instanceof Activation.Block && to.handlersOf(step).isEmpty()) {
      dissolved.add(open);
      moves.put(open.number(), new Move.Withdrawn(open.number(), open.step(), null));
    } else if (open instanceof Activation.Together && parts(from, open.step()) != parts(to, step)) {
      impossible(open, "it has another number of branches there");
    } else {
      stay(
          open,
          step,
          switch (open) {
            case Activation.Branch _ -> Seat.of(Phase.TOGETHER, step);
            case Activation.Block _ -> Seat.around(to, step);
            default -> Seat.inside(to, step);
          });
    }
  }

  private static int parts(Definition definition, String step) {
    return definition.place(step).step().parts().size();
  }

  /// The handler that a visit is of; null when it is of a step.
  private static @Nullable String watching(@Nullable Activation open) {
    return switch (open) {
      case Activation.Watch watch -> watch.handler();
      case Activation.Handling handling -> handling.handler();
      case Activation.Fault fault -> watching(fault.interrupted());
      case null, default -> null;
    };
  }

  private void placeHandler(Activation open, @Nullable String step, @Nullable String handler) {
    if (step != null && handler != null) {
      stay(open, step, Seat.of(Phase.BLOCK, step));
    } else if (open instanceof Activation.Handling) {
      impossible(open, "its steps are under way, and the handler is not there");
    } else {
      withdrawn.add(open);
      moves.put(open.number(), new Move.Withdrawn(open.number(), open.step(), null));
    }
  }

  private void stay(Activation open, String step, Seat seat) {
    Integer scope = scope(seat, open.scope());
    if (scope == null) {
      impossible(open, "it is inside of something there that has not begun");
      return;
    }
    staying.put(open.number(), at(open, scope, step));
    moves.put(
        open.number(),
        step.equals(open.step())
            ? new Move.Kept(open.number(), step)
            : new Move.Moved(open.number(), open.step(), step));
  }

  private void impossible(Activation open, String reason) {
    moves.put(open.number(), new Move.Impossible(open.number(), open.step(), reason));
  }

  private void withdrawInside(int scope) {
    for (Activation open : run.inside(scope)) {
      moves.put(open.number(), new Move.Withdrawn(open.number(), open.step(), null));
      withdrawInside(open.number());
    }
  }

  /// Withdraws it; the run goes on at the first step behind it that is there, or at the end of what
  /// is around it.
  private void goOnBehind(Activation open) {
    withdrawn.add(open);
    Place place = from.place(open.step());
    while (true) {
      String next = firstThereBehind(place);
      if (next != null) {
        goOn(open, Seat.around(to, next), to.place(next).step(), false);
        return;
      }
      if (place.part() instanceof Part.Of(Step block, _) && !opensScope(place.part())) {
        String there = same.step(block.id());
        if (there != null) {
          goOn(open, Seat.inside(to, there), to.place(there).step(), true);
          return;
        }
        place = from.place(block.id());
      } else {
        Activation around = staying.get(undissolved(open.scope()));
        boolean whole = place.part() instanceof Part.Whole;
        goOn(open, whole ? Seat.inside(to, Definition.WHOLE) : Seat.offeredBy(around), null, false);
        return;
      }
    }
  }

  private @Nullable String firstThereBehind(Place place) {
    for (Step next = place.next(); next != null; next = from.place(next.id()).next()) {
      String there = same.step(next.id());
      if (there != null) {
        return there;
      }
    }
    return null;
  }

  private static boolean opensScope(Part part) {
    return switch (part) {
      case Part.Whole _, Part.OfHandler _ -> true;
      case Part.Of(RepeatStep _, int index) -> index == RepeatStep.BODY;
      case Part.Of(Step block, _) -> block instanceof TogetherStep;
    };
  }

  private void goOn(Activation open, Seat seat, @Nullable Step step, boolean behind) {
    Integer scope = scope(seat, open.scope());
    if (scope == null) {
      impossible(open, "it is not there, and what comes behind it is inside of something else");
      return;
    }
    onward.add(new Onward(scope, step, behind));
    moves.put(
        open.number(),
        new Move.Withdrawn(open.number(), open.step(), step == null || behind ? null : step.id()));
  }

  /// The scope that offers `seat` to what is inside of the scope `old` at present; null when none
  /// does.
  private @Nullable Integer scope(Seat seat, int old) {
    int around = undissolved(old);
    if (seat.equals(Seat.offeredBy(staying.get(around)))) {
      return around;
    }
    return seat.kind() == Phase.BLOCK ? insert(seat.id(), old) : null;
  }

  private int undissolved(int scope) {
    Activation around = run.activation(scope);
    return around != null && dissolved.contains(around) ? undissolved(around.scope()) : scope;
  }

  private @Nullable Integer insert(String step, int old) {
    Integer scope = scope(Seat.around(to, step), old);
    if (scope == null) {
      return null;
    }
    int number = run.lastActivation() + inserted.size() + 1;
    inserted.add(new Activation.Block(number, scope, step, false));
    return number;
  }

  /// The same visit in its new place.
  private Activation at(Activation open, int scope, String step) {
    int number = open.number();
    return switch (open) {
      case Activation.Task it -> new Activation.Task(number, scope, step, it.dueAt());
      case Activation.Action it -> new Activation.Action(number, scope, step, it.attempt());
      case Activation.Backoff it ->
          new Activation.Backoff(number, scope, step, it.attempt(), it.until());
      case Activation.Question it ->
          new Activation.Question(number, scope, step, it.attempt(), it.until());
      case Activation.Wait it -> new Activation.Wait(number, scope, step, it.until());
      case Activation.Call _ -> new Activation.Call(number, scope, step);
      case Activation.Rounds it -> new Activation.Rounds(number, scope, step, it.round());
      case Activation.Together _ -> new Activation.Together(number, scope, step);
      case Activation.Branch it -> new Activation.Branch(number, scope, step, it.branch());
      case Activation.Block it -> new Activation.Block(number, scope, step, it.over());
      case Activation.Watch it ->
          new Activation.Watch(number, scope, step, there(it.handler()), it.until());
      case Activation.Handling it ->
          new Activation.Handling(number, scope, step, there(it.handler()));
      case Activation.Fault it ->
          new Activation.Fault(
              number,
              scope,
              step,
              it.problem(),
              it.interrupted() == null ? null : at(it.interrupted(), scope, step));
    };
  }

  private String there(String handler) {
    return Objects.requireNonNull(same.handler(handler));
  }
}
