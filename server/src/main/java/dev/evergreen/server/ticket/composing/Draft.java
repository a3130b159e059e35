package dev.evergreen.server.ticket.composing;

/// What an agent has begun to write: a reply to the customer, or a note.
///
/// @param html its formatting as the composer made it, not to be trusted; empty when there is none
public record Draft(Kind kind, String text, String html) {
  public enum Kind {
    REPLY,
    NOTE
  }

  /// One without formatting.
  public Draft(Kind kind, String text) {
    this(kind, text, "");
  }

  boolean isBlank() {
    return text.isBlank() && !html.contains("<img");
  }
}
