package dev.evergreen.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wait: for any of some events about the run's subject with an end, or only for time to pass.
///
/// With no events it ends when `atMost` has passed, and `otherwise` is empty. With events it always
/// has an `atMost`; when that passes first, `otherwise` runs.
public record WaitStep(
    String id,
    String title,
    List<String> events,
    @Nullable Condition when,
    Span atMost,
    List<Step> otherwise)
    implements Step {

  public WaitStep {
    events = List.copyOf(events);
    otherwise = List.copyOf(otherwise);
  }

  @Override
  public List<List<Step>> parts() {
    return List.of(otherwise);
  }
}
