package dev.evergreen.server.channel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a mail reached us, as opposed to what it says of itself: the return path (empty for mail
/// that must not be answered), who it was handed over for, and its place when it was fetched by
/// IMAP.
public record Envelope(String sender, List<String> recipients, @Nullable Fetched fetched) {
  /// The place of a mail in a mailbox, where a UID counts only together with its UIDVALIDITY, and
  /// when the mail server got it.
  public record Fetched(long mailbox, long uidValidity, long uid, @Nullable Instant receivedAt) {}

  public Envelope {
    recipients = List.copyOf(recipients);
  }

  /// A mail that was delivered to us by SMTP.
  public static Envelope delivered(String sender, List<String> recipients) {
    return new Envelope(sender, recipients, null);
  }
}
