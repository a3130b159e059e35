package dev.evergreen.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A decision: the first branch whose condition holds is taken; without one the run goes on after
/// it.
public record DecideStep(String id, String title, List<Branch> branches) implements Step {
  public DecideStep {
    branches = List.copyOf(branches);
  }

  @Override
  public List<List<Step>> parts() {
    return branches.stream().map(Branch::steps).toList();
  }

  @Nullable Step enter(Walk walk, int activation) {
    int taken = firstThatHolds(walk.values());
    walk.record(new Event.BranchTaken(activation, id, taken));
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

  /// `otherwise` is a branch whose condition is [Condition#ALWAYS].
  public record Branch(Condition when, List<Step> steps) {
    public Branch {
      steps = List.copyOf(steps);
    }
  }
}
