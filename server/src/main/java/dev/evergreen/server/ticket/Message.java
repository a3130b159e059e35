package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One public entry on a ticket, coming in or going out. Its revision is its place in the timeline.
public record Message(
    MessageId id,
    TicketId ticket,
    long revision,
    boolean incoming,
    Actor author,
    Body body,
    Instant at) {

  /// `html` is safe to show in a frame of its own, and null when only text came. From `foldAt` on
  /// the text only repeats earlier messages; null when nowhere. `copied` are the addresses of those
  /// who got it too.
  public record Body(
      String text,
      @Nullable String html,
      List<Attachment> attachments,
      @Nullable Integer foldAt,
      List<String> copied) {
    public Body {
      attachments = List.copyOf(attachments);
      copied = List.copyOf(copied);
    }

    /// What it says that is new.
    public String news() {
      return foldAt == null ? text : text.substring(0, foldAt).stripTrailing();
    }

    /// What it repeats of earlier messages.
    public String repeated() {
      return foldAt == null ? "" : text.substring(foldAt).strip();
    }
  }
}
