package dev.evergreen.server.ticket.search;

import dev.evergreen.server.ticket.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of what a search found, best first.
///
/// @param next where the next page starts; null when there is none
/// @param isWhole false when there may be more than was looked at: very common words, or what was
///   asked for beside them holds for few tickets
public record Found(List<Hit> hits, @Nullable String next, boolean isWhole) {
  public Found {
    hits = List.copyOf(hits);
  }

  static final Found NOTHING = new Found(List.of(), null, true);

  /// A ticket with the places where the words stand.
  public record Hit(Ticket ticket, String customer, Marked subject, Marked text) {}
}
