package dev.evergreen.bench;

import java.time.Duration;

/// How long to measure.
///
/// @param rounds how often everything is done again; the median is reported
/// @param warmUp operations of each kind before anything is measured
/// @param phase how long each kind of operation is measured in a round
record Effort(int rounds, int warmUp, Duration phase) {
  static final Effort WHOLE = new Effort(3, 4_000, Duration.ofSeconds(3));

  /// A first look: too short for numbers that are published.
  static final Effort QUICK = new Effort(1, 1_000, Duration.ofSeconds(1));
}
