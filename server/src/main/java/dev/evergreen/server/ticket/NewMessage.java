package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something said to or by the customer, before it stands on a ticket.
///
/// @param safeHtml the formatted form, already sanitized; null when there is only text
/// @param mail what is known of the mail it came by or goes out as
/// @param foldAt the index in the text where it only repeats earlier messages; null when nowhere
public record NewMessage(
    Actor author,
    String text,
    @Nullable String safeHtml,
    List<NewAttachment> attachments,
    Instant at,
    Mail mail,
    @Nullable Integer foldAt) {
  /// @param id the Message-ID; null when there is none
  /// @param copied the addresses of those who got it too, without those that nobody is to see
  public record Mail(@Nullable String id, List<String> copied) {
    public Mail {
      copied = List.copyOf(copied);
    }
  }

  public NewMessage {
    if (foldAt != null && (foldAt < 0 || foldAt > text.length())) {
      throw new IllegalArgumentException(
          "expected a place in a text of " + text.length() + " letters, but found " + foldAt);
    }
    attachments = List.copyOf(attachments);
  }

  /// A message that repeats nothing, and that nobody else got.
  public NewMessage(
      Actor author,
      String text,
      @Nullable String safeHtml,
      List<NewAttachment> attachments,
      Instant at,
      @Nullable String mailId) {
    this(author, text, safeHtml, attachments, at, new Mail(mailId, List.of()), null);
  }

  /// What it says that is new.
  public String news() {
    return foldAt == null ? text : text.substring(0, foldAt);
  }
}
