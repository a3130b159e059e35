package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something said to or by the customer, before it stands on a ticket.
///
/// @param safeHtml the formatted form, already sanitized; null when there is only text
/// @param mailId the Message-ID of the mail it came by or goes out as
public record NewMessage(
    Actor author,
    String text,
    @Nullable String safeHtml,
    List<NewAttachment> attachments,
    Instant at,
    @Nullable String mailId) {
  public NewMessage {
    attachments = List.copyOf(attachments);
  }
}
