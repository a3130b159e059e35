package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Ledger;
import java.util.List;

/// What was said, noted and done on a ticket, each in order; their revisions say how they
/// interlace.
public record Conversation(List<Message> messages, List<Note> notes, List<Ledger.Entry> entries) {
  public Conversation {
    messages = List.copyOf(messages);
    notes = List.copyOf(notes);
    entries = List.copyOf(entries);
  }

  /// More was said before these: the entries of a ticket are numbered from one.
  public boolean hasEarlier() {
    return !entries.isEmpty() && entries.getFirst().revision() > 1;
  }
}
