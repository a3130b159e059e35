package dev.evergreen.engine;

import org.jspecify.annotations.Nullable;

/// Ends the run at once with an outcome code, `resolved` for example: whatever else is open is
/// withdrawn.
public record EndStep(String id, String title, String outcome) implements Step {
  @Nullable Step enter(Walk walk) {
    return walk.end(outcome);
  }
}
