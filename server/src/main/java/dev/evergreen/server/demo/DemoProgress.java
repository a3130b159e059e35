package dev.evergreen.server.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/// How far the playing-in has come: one line in the terminal that is written over, or, where nobody
/// sees it move, a line for every tenth.
public final class DemoProgress {
  private static final int WIDTH = 30;

  /// @param percent of the history, from 0 to 100
  public record Shown(int percent, long day, long days, int tickets) {}

  private final PrintStream out;
  private final boolean overwrites;
  private volatile Shown shown = new Shown(0, 0, 0, 0);

  DemoProgress(PrintStream out, boolean overwrites) {
    this.out = out;
    this.overwrites = overwrites;
  }

  Shown shown() {
    return shown;
  }

  void reached(Instant begin, Instant at, Instant end, int tickets) {
    var whole = Duration.between(begin, end);
    var past = Duration.between(begin, at.isBefore(end) ? at : end);
    var before = shown;
    shown =
        new Shown(
            (int) (100 * past.toSeconds() / Math.max(1, whole.toSeconds())),
            past.toDays(),
            whole.toDays(),
            tickets);
    if (overwrites && (shown.percent() > before.percent() || tickets >= before.tickets() + 20)) {
      out.print("\r" + line());
      out.flush();
    } else if (!overwrites && shown.percent() / 10 > before.percent() / 10) {
      out.println(line());
    }
  }

  void end() {
    if (overwrites) {
      out.println();
    }
  }

  private String line() {
    var full = shown.percent() * WIDTH / 100;
    return "  %s%s %3d %%  day %d of %d, %,d tickets "
        .formatted(
            "█".repeat(full),
            "░".repeat(WIDTH - full),
            shown.percent(),
            shown.day(),
            shown.days(),
            shown.tickets());
  }
}
