package dev.evergreen.server.channel.mime;

/// The mail cannot be read within the limits; trying again would end the same way. The message is
/// the reason a person is shown in the quarantine.
public final class MailRefused extends RuntimeException {
  public MailRefused(String reason) {
    super(reason);
  }

  public MailRefused(String reason, Throwable cause) {
    super(reason, cause);
  }
}
