package dev.evergreen.bench;

import java.time.Duration;

/// What a client is to do next with its contender, and what came of it. Both are also lines of
/// text, for a client in a process of its own.
///
/// @param most how many operations at most
/// @param longest how long at most
record Bout(Kind kind, int threads, int most, Duration longest) {
  enum Kind {
    /// Starts, each of which has to show its task to a query as soon as it returns.
    CHECK,
    START,
    COMPLETE,
    /// Everything that waits becomes due.
    TIMERS,
    START_GROUPED
  }

  static Bout of(Kind kind, int threads, int most) {
    return new Bout(kind, threads, most, Duration.ofMinutes(10));
  }

  String line() {
    return "%s %d %d %d".formatted(kind, threads, most, longest.toMillis());
  }

  static Bout parse(String line) {
    var words = line.split(" ");
    return new Bout(
        Kind.valueOf(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Duration.ofMillis(Long.parseLong(words[3])));
  }

  /// What a bout came to, seen from the client.
  ///
  /// @param operations how many were done, background work that they set off included
  /// @param slow milliseconds in which 99 of 100 operations were done; 0 when they were not timed
  ///   one by one
  /// @param cpu milliseconds of CPU time that the client's process has used
  record Outcome(
      long operations,
      double perSecond,
      double slow,
      double cpu,
      long statements,
      long roundTrips) {

    String line() {
      return "%d %s %s %s %d %d"
          .formatted(operations, perSecond, slow, cpu, statements, roundTrips);
    }

    static Outcome parse(String line) {
      var words = line.split(" ");
      return new Outcome(
          Long.parseLong(words[0]),
          Double.parseDouble(words[1]),
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]));
    }
  }
}
