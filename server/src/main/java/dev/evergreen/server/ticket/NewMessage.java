package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something said to or by the customer, before it stands on a ticket.
///
/// @param safeHtml the formatted form, already sanitized; null when there is only text
/// @param mailId the Message-ID of the mail it came by or goes out as
/// @param foldAt the index in the text where it only repeats earlier messages; null when nowhere
public record NewMessage(
    Actor author,
    String text,
    @Nullable String safeHtml,
    List<NewAttachment> attachments,
    Instant at,
    @Nullable String mailId,
    @Nullable Integer foldAt) {
  public NewMessage {
    if (foldAt != null && (foldAt < 0 || foldAt > text.length())) {
      throw new IllegalArgumentException(
          "expected a place in a text of " + text.length() + " letters, but found " + foldAt);
    }
    attachments = List.copyOf(attachments);
  }

  /// A message that repeats nothing.
  public NewMessage(
      Actor author,
      String text,
      @Nullable String safeHtml,
      List<NewAttachment> attachments,
      Instant at,
      @Nullable String mailId) {
    this(author, text, safeHtml, attachments, at, mailId, null);
  }

  /// What it says that is new.
  String news() {
    return foldAt == null ? text : text.substring(0, foldAt);
  }
}
