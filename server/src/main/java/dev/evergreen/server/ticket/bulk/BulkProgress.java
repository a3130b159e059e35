package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.ticket.TicketId;
import java.util.List;
import java.util.Locale;

/// How far a change of many tickets is.
///
/// @param skipped the first of those that were left alone, each with the reason
public record BulkProgress(
    long id, String words, State state, Numbers numbers, List<Skipped> skipped) {
  public BulkProgress {
    skipped = List.copyOf(skipped);
  }

  public enum State {
    GOING,
    DONE,
    UNDOING,
    UNDONE;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// `changed` counts those that are as they were asked to be, `waiting` those that are still to be
  /// looked at.
  public record Numbers(int total, int waiting, int changed, int skipped, int restored) {}

  public record Skipped(TicketId ticket, String reason) {}

  public boolean isGoing() {
    return state == State.GOING || state == State.UNDOING;
  }

  public boolean mayStop() {
    return state == State.GOING;
  }

  public boolean mayUndo() {
    return state == State.DONE && numbers.changed() > 0;
  }
}
