package dev.evergreen.engine;

import java.util.List;

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

  /// `otherwise` is a branch whose condition is [Condition#ALWAYS].
  public record Branch(Condition when, List<Step> steps) {
    public Branch {
      steps = List.copyOf(steps);
    }
  }
}
