package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation.Branch;
import dev.evergreen.engine.Run.Activation.Together;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Branches that go on side by side, until all are over, or any.
public record TogetherStep(
    String id, String title, Join join, List<List<Step>> branches, List<Handler> handlers)
    implements Step {

  public enum Join {
    ALL,
    /// The first branch to be over withdraws the others.
    ANY
  }

  public TogetherStep {
    branches = branches.stream().map(List::copyOf).toList();
    handlers = List.copyOf(handlers);
  }

  @Override
  public List<List<Step>> parts() {
    return branches;
  }

  @Nullable Step enter(Walk walk, int activation) {
    walk.record(new Event.TogetherBegan(activation, walk.scope(), id));
    if (branches.isEmpty()) {
      return over(walk, walk.open(activation, Together.class));
    }
    for (int i = 0; i < branches.size(); i++) {
      walk.record(new Event.BranchBegan(activation + 1 + i, activation, id, i));
    }
    for (int i = branches.size(); i > 0; i--) {
      walk.later(walk.open(activation + i, Branch.class));
    }
    return null;
  }

  /// The first step of a branch, inside of which the walk is.
  @Nullable Step begin(Walk walk, Branch branch) {
    List<Step> steps = branches.get(branch.branch());
    return steps.isEmpty() ? branchDone(walk) : steps.getFirst();
  }

  /// The branch inside of which the walk is has come to its end.
  @Nullable Step branchDone(Walk walk) {
    Branch branch = walk.open(walk.scope(), Branch.class);
    Together together = walk.open(branch.scope(), Together.class);
    walk.record(new Event.BranchEnded(branch.number()));
    if (join == Join.ANY) {
      walk.withdrawInside(together.number());
    }
    return walk.run().inside(together.number()).isEmpty() ? over(walk, together) : null;
  }

  private @Nullable Step over(Walk walk, Together together) {
    walk.record(new Event.TogetherEnded(together.number()));
    walk.into(together.scope());
    return walk.following(this);
  }
}
