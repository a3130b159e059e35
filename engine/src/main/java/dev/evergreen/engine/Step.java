package dev.evergreen.engine;

/// One block of the process tree. Each kind is one file: its record and what it decides.
public sealed interface Step permits DoStep, RunStep, DecideStep, RepeatStep, WaitStep, EndStep {

  /// Where the step stands in its version, as a path: `3`, `3.1`, `3.else.2`. Stable in a version.
  String id();

  String title();
}
