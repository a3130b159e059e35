package dev.evergreen.server.ticket;

/// What an agent has begun to write: a reply to the customer, or a note.
public record Draft(Kind kind, String text) {
  public enum Kind {
    REPLY,
    NOTE
  }
}
