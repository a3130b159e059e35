package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.composing.Presence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who else is on a ticket just now, and who has answered since the page was opened. A page comes
/// without; what there is to say follows it.
///
/// @param seen the revision that the page was opened at
/// @param faster null when nobody has
public record Present(
    long number, long seen, List<Presence.Colleague> others, @Nullable String faster) {
  public Present {
    others = List.copyOf(others);
  }

  static Present notYet(long number, long seen) {
    return new Present(number, seen, List.of(), null);
  }
}
