package dev.evergreen.server.channel.mime;

import dev.evergreen.server.platform.FileId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mail as it was understood. Text is there whenever any part could be shown as text; the HTML is
/// the sender's own and must pass the [HtmlSanitizer] before anybody sees it.
public record ParsedMail(
    Headers headers,
    String text,
    @Nullable String html,
    List<Part> attachments,
    @Nullable DeliveryReport report) {
  /// An attachment, already stored: name and type are only what the sender called it.
  public record Part(
      FileId file, String name, String type, long size, @Nullable String contentId) {}

  public ParsedMail {
    attachments = List.copyOf(attachments);
  }
}
