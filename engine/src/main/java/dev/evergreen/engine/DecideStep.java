package dev.evergreen.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision: the first branch whose condition holds is taken; without one the run goes on after
/// it. With a table, the rule that applies sets run data first, which the branches then read.
public record DecideStep(
    String id, String title, List<Branch> branches, @Nullable Table table, List<Handler> handlers)
    implements Step {

  public DecideStep {
    branches = List.copyOf(branches);
    handlers = List.copyOf(handlers);
  }

  @Override
  public List<List<Step>> parts() {
    return branches.stream().map(Branch::steps).toList();
  }

  @Nullable Step enter(Walk walk, int activation) {
    if (table == null) {
      return branch(walk, activation);
    }
    int rule = table.ruleFor(walk.values());
    var set =
        rule == Event.BranchTaken.NONE
            ? Map.<String, Object>of()
            : walk.workOut(table.rules().get(rule).set());
    for (var entry : set.entrySet()) {
      String problem =
          walk.definition()
              .problemWith(entry.getKey(), entry.getValue(), "from rule " + (rule + 1));
      if (problem != null) {
        return walk.fail(activation, this, problem);
      }
    }
    walk.record(new Event.RuleApplied(activation, walk.scope(), id, rule, set));
    return branches.isEmpty() ? walk.following(this) : branch(walk, walk.next());
  }

  private @Nullable Step branch(Walk walk, int activation) {
    int taken = firstThatHolds(walk.values());
    walk.record(new Event.BranchTaken(activation, walk.scope(), id, taken));
    return taken == Event.BranchTaken.NONE
        ? walk.following(this)
        : walk.firstOf(branches.get(taken).steps(), this);
  }

  private int firstThatHolds(Values values) {
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).when().holds(values)) {
        return i;
      }
    }
    return Event.BranchTaken.NONE;
  }

  /// A decision table: what applies sets run data.
  public record Table(List<Rule> rules, Hit hit) {
    public enum Hit {
      /// The first rule that holds.
      FIRST,
      /// The one rule that holds; two are a failure.
      UNIQUE
    }

    public record Rule(Condition when, Map<String, Term> set) {
      public Rule {
        set = Map.copyOf(set);
      }
    }

    public Table {
      rules = List.copyOf(rules);
    }

    private int ruleFor(Values values) {
      int found = Event.BranchTaken.NONE;
      for (int i = 0; i < rules.size(); i++) {
        if (rules.get(i).when().holds(values)) {
          if (hit == Hit.FIRST) {
            return i;
          }
          if (found != Event.BranchTaken.NONE) {
            throw new EvaluationException(
                "expected one rule to hold, but found rules %d and %d".formatted(found + 1, i + 1));
          }
          found = i;
        }
      }
      return found;
    }
  }

  /// `otherwise` is a branch whose condition is [Condition#ALWAYS].
  public record Branch(Condition when, List<Step> steps) {
    public Branch {
      steps = List.copyOf(steps);
    }
  }
}
