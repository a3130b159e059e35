package dev.evergreen.bench;

import dev.evergreen.bench.Bout.Kind;
import dev.evergreen.bench.Bout.Outcome;
import java.util.List;

/// One contender's round of the durable bench: warmed up, then measured bout by bout.
record Contest(
    String system, BenchDatabase database, Bouts client, Effort effort, Medians medians) {
  private static final List<Integer> THREADS = List.of(1, 4, 16);
  private static final int BUSY = 4;
  private static final int CHECKED = 100;

  /// Whoever does what is asked: a client here or in another process.
  interface Bouts {
    Outcome take(Bout bout) throws Exception;
  }

  void hold() throws Exception {
    warmUp();
    long open = 0;
    for (int threads : THREADS) {
      open += timed("starts, ", Kind.START, threads, Integer.MAX_VALUE).operations();
    }
    for (int i = 0; i < THREADS.size(); i++) {
      int share = (int) (open / (THREADS.size() - i));
      open -= timed("completions, ", Kind.COMPLETE, THREADS.get(i), share).operations();
    }
    client.take(Bout.of(Kind.COMPLETE, BUSY, Integer.MAX_VALUE));
    database.checkpoint();
    measure("timers", Bout.of(Kind.TIMERS, 1, 0));
    if (!system.equals("flowable")) {
      database.checkpoint();
      measure("starts, grouped", Bout.of(Kind.START_GROUPED, 1, effort.warmUp()));
      client.take(Bout.of(Kind.COMPLETE, BUSY, Integer.MAX_VALUE));
      client.take(Bout.of(Kind.TIMERS, 1, 0));
    }
    log();
    leavePatterns();
  }

  private void warmUp() throws Exception {
    client.take(Bout.of(Kind.CHECK, BUSY, Math.min(CHECKED, effort.warmUp())));
    client.take(Bout.of(Kind.START, BUSY, effort.warmUp()));
    client.take(Bout.of(Kind.COMPLETE, BUSY, Integer.MAX_VALUE));
    client.take(Bout.of(Kind.TIMERS, 1, 0));
  }

  private Outcome timed(String what, Kind kind, int threads, int most) throws Exception {
    database.checkpoint();
    return measure(
        what + threads + (threads == 1 ? " thread" : " threads"),
        new Bout(kind, threads, most, effort.phase()));
  }

  /// WAL of rows on pages that were written since the last checkpoint, hence without images of
  /// whole pages.
  private void log() throws Exception {
    int count = effort.warmUp() / 4;
    database.checkpoint();
    client.take(Bout.of(Kind.START, BUSY, count));
    logged("start, no full-page images", Bout.of(Kind.START, BUSY, count));
    logged("completion, no full-page images", Bout.of(Kind.COMPLETE, BUSY, count));
    client.take(Bout.of(Kind.COMPLETE, BUSY, Integer.MAX_VALUE));
    logged("timer, no full-page images", Bout.of(Kind.TIMERS, 1, 0));
  }

  /// An open and a waiting run, for the limit.
  private void leavePatterns() throws Exception {
    client.take(Bout.of(Kind.START, 1, 2));
    client.take(Bout.of(Kind.COMPLETE, 1, 1));
  }

  private Outcome measure(String measured, Bout bout) throws Exception {
    var before = database.spent();
    var outcome = client.take(bout);
    var after = database.spent();
    double each = outcome.operations();
    add(measured, outcome.perSecond(), "per second");
    if (outcome.slow() > 0) {
      add(measured, outcome.slow(), "ms p99");
    }
    add(measured, outcome.cpu() / each, "ms CPU of client");
    add(measured, after.cpuSince(before) / each, "ms CPU of server");
    add(measured, outcome.statements() / each, "statements");
    add(measured, outcome.roundTrips() / each, "round trips");
    add(measured, (after.transactions() - before.transactions()) / each, "commits");
    add(measured, (after.log() - before.log()) / each, "bytes of WAL");
    return outcome;
  }

  private void logged(String measured, Bout bout) throws Exception {
    var before = database.spent();
    var outcome = client.take(bout);
    add(
        measured,
        (database.spent().log() - before.log()) / (double) outcome.operations(),
        "bytes of WAL");
  }

  private void add(String measured, double value, String unit) {
    medians.add(measured, system, value, unit);
  }
}
