package dev.evergreen.server.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An address whose mail lies on a mail server, where we read it by IMAP, and how that goes.
public record Mailbox(
    MailboxId id, String address, Server server, boolean active, Progress progress) {
  /// How the connection is protected: from the start, after STARTTLS (required), or not at all.
  public enum Security {
    TLS,
    STARTTLS,
    NONE
  }

  public record Server(String host, int port, Security security, String username, String folder) {}

  /// @param polledAt when the server was last asked with success
  /// @param behind mails on the server that we do not have yet
  /// @param problem why the last try failed, empty when it did not
  public record Progress(@Nullable Instant polledAt, long behind, String problem) {}
}
