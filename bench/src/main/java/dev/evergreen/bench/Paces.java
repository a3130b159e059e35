package dev.evergreen.bench;

import java.util.Arrays;

/// How quickly many things were taken.
///
/// @param nanos how long each caller waited for each answer, the shortest first
/// @param all until the last answer
/// @param settled until nothing was left to do
record Paces(long[] nanos, long all, long settled) {
  Paces {
    nanos = nanos.clone();
    Arrays.sort(nanos);
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
