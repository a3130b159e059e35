package dev.evergreen.server.ticket.composing;

import org.jspecify.annotations.Nullable;

/// What an agent has begun to write: a reply to the customer, or a note.
///
/// @param html its formatting as the composer made it, not to be trusted; empty when there is none
public record Draft(Kind kind, String text, String html, Copies copies) {
  public enum Kind {
    REPLY,
    NOTE
  }

  /// Who is to get it beside the customer, as it was typed.
  ///
  /// @param cc null while nobody has decided
  public record Copies(@Nullable String cc, String bcc) {
    public static final Copies UNDECIDED = new Copies(null, "");
  }

  /// One without formatting, to whom it goes by itself.
  public Draft(Kind kind, String text) {
    this(kind, text, "", Copies.UNDECIDED);
  }

  boolean isBlank() {
    return text.isBlank() && !html.contains("<img");
  }
}
