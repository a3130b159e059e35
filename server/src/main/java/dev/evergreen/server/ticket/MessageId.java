package dev.evergreen.server.ticket;

/// The id of a message on a ticket; not the Message-ID of a mail.
public record MessageId(long value) {
  /// The id of elements about this message on a page.
  public String domId() {
    return "message-" + value;
  }
}
