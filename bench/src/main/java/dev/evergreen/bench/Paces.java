package dev.evergreen.bench;

import java.util.Arrays;

/// How quickly many things were taken.
final class Paces {
  private final long[] nanos;
  private final long all;
  private final long settled;

  /// @param nanos how long each caller waited for each answer
  /// @param all until the last answer
  /// @param settled until nothing was left to do
  Paces(long[] nanos, long all, long settled) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
    this.all = all;
    this.settled = settled;
  }

  double acknowledged() {
    return nanos.length * 1e9 / all;
  }

  double done() {
    return nanos.length * 1e9 / settled;
  }

  double millis(int percent) {
    return nanos[Math.min(nanos.length - 1, nanos.length * percent / 100)] / 1e6;
  }
}
