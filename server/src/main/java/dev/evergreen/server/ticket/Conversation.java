package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Ledger;
import java.util.List;

/// What was said, noted and done on a ticket, and on those that live on in it; their revisions say
/// how they interlace.
///
/// @param hasEarlier whether more was said before these
public record Conversation(
    List<Message> messages, List<Note> notes, List<Ledger.Entry> entries, boolean hasEarlier) {
  public Conversation {
    messages = List.copyOf(messages);
    notes = List.copyOf(notes);
    entries = List.copyOf(entries);
  }
}
