package dev.evergreen.engine;

import java.time.Instant;

/// Decides what a run does next.
public final class Engine {
  private Engine() {}

  /// What the input reads besides the run: facts, and the calendar that spans are counted in.
  public record Surroundings(Facts facts, BusinessHours hours, Instant now) {}

  /// Never changes anything; see [Run#apply].
  public static Decision decide(
      Definition definition, Run run, Input input, Surroundings surroundings) {
    throw new UnsupportedOperationException(
        "to be written: " + definition + run + input + surroundings);
  }
}
