package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.ticket.Attachment;
import java.util.List;
import java.util.Set;

/// Files of the ticket that may go along to a partner, and those that were chosen.
public record Handing(List<Attachment> offered, Set<Long> chosen) {
  public Handing {
    offered = List.copyOf(offered);
    chosen = Set.copyOf(chosen);
  }
}
