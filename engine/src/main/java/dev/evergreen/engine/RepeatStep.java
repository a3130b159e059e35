package dev.evergreen.engine;

import java.util.List;

/// A bounded loop: its steps are done, then `until` is asked; after `atMost` rounds `otherwise`
/// runs.
public record RepeatStep(
    String id, String title, int atMost, Condition until, List<Step> steps, List<Step> otherwise)
    implements Step {

  public RepeatStep {
    steps = List.copyOf(steps);
    otherwise = List.copyOf(otherwise);
    if (atMost < 1) {
      throw new IllegalArgumentException("expected at most 1 or more rounds, but found " + atMost);
    }
  }

  @Override
  public List<List<Step>> parts() {
    return List.of(steps, otherwise);
  }
}
