package dev.evergreen.server.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// How far an import is and what did not fit, counted by all of its threads.
public final class Tally {
  /// So many findings are kept in words; all are counted.
  static final int MOST_FINDINGS = 500;

  final AtomicLong taken = new AtomicLong();
  final AtomicLong known = new AtomicLong();
  final AtomicLong failed = new AtomicLong();
  final AtomicLong messages = new AtomicLong();
  private final AtomicLong findings = new AtomicLong();
  private final List<Finding> kept = new ArrayList<>();

  void add(Finding finding) {
    findings.incrementAndGet();
    synchronized (kept) {
      if (kept.size() < MOST_FINDINGS) {
        kept.add(finding);
      }
    }
  }

  /// @param taken tickets that were taken over, or would be
  /// @param known those that had been before
  /// @param failed those that could not be
  /// @param findings how many things did not fit, of which `first` are told
  public record Numbers(long taken, long known, long failed, long messages, long findings) {}

  public Numbers numbers() {
    return new Numbers(taken.get(), known.get(), failed.get(), messages.get(), findings.get());
  }

  public List<Finding> findings() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }
}
