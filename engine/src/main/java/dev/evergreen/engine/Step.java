package dev.evergreen.engine;

import java.util.List;

/// One block of the process tree. Each kind is one file: its record and what it decides.
public sealed interface Step
    permits DoStep,
        RunStep,
        AskStep,
        DecideStep,
        TogetherStep,
        RepeatStep,
        WaitStep,
        CallStep,
        EndStep {

  /// Where the step stands in its version, as a path: `3`, `3.1`, `3.else.2`, `3.on.1.2`. Stable in
  /// a version.
  String id();

  String title();

  /// What may break in on the step, or run beside it, while it goes on.
  default List<Handler> handlers() {
    return List.of();
  }

  /// The sequences of steps inside this one, in the order in which they are written; those of its
  /// handlers are not among them.
  default List<List<Step>> parts() {
    return List.of();
  }
}
