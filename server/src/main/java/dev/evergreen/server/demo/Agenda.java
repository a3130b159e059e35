package dev.evergreen.server.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// Who means to do what, and when.
final class Agenda {
  /// What somebody does in a story; it runs inside a transaction that others share.
  record Deed(Instant at, long order, Story story, Runnable act) {}

  private final PriorityQueue<Deed> deeds =
      new PriorityQueue<>(Comparator.comparing(Deed::at).thenComparingLong(Deed::order));
  private long added;

  void add(Instant at, Story story, Runnable act) {
    deeds.add(new Deed(at, added++, story, act));
  }

  Optional<Instant> next() {
    return Optional.ofNullable(deeds.peek()).map(Deed::at);
  }

  /// Takes out everything up to this time, in order.
  List<Deed> until(Instant end) {
    var due = new ArrayList<Deed>();
    for (var deed = deeds.peek(); deed != null && !deed.at().isAfter(end); deed = deeds.peek()) {
      due.add(deed);
      deeds.remove();
    }
    return due;
  }
}
