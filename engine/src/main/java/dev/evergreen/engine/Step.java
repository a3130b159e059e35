package dev.evergreen.engine;

import java.util.List;

/// One block of the process tree. Each kind is one file: its record and what it decides.
public sealed interface Step permits DoStep, RunStep, DecideStep, RepeatStep, WaitStep, EndStep {

  /// Where the step stands in its version, as a path: `3`, `3.1`, `3.else.2`. Stable in a version.
  String id();

  String title();

  /// The sequences of steps inside this one, in the order in which they are written.
  default List<List<Step>> parts() {
    return List.of();
  }
}
