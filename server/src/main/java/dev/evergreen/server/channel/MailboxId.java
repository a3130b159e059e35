package dev.evergreen.server.channel;

/// The id of a mailbox that we read.
public record MailboxId(long value) {
  public String domId() {
    return "mailbox-" + value;
  }
}
