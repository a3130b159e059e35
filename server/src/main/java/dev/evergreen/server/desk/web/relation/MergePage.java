package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.CustomerPanel;
import dev.evergreen.server.ticket.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Choosing what a ticket is merged into, or, once that is chosen, what would come of it.
public record MergePage(
    Ticket ticket, Candidates candidates, @Nullable MergePreview preview, String problem) {

  /// Tickets to choose from, and the words by which they were looked for.
  public record Candidates(String words, List<CustomerPanel.Other> found) {
    public Candidates {
      found = List.copyOf(found);
    }
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }
}
