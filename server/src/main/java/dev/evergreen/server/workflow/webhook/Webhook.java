package dev.evergreen.server.workflow.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Another program that is told of events.
///
/// @param revision counts what people change, so that nobody overwrites what they have not seen
public record Webhook(WebhookId id, Wish wish, Health health, Key key, long revision) {

  public record WebhookId(long value) {
    public String domId() {
      return "webhook-" + value;
    }
  }

  /// What somebody wants to be told, and where.
  ///
  /// @param kinds of events: `ticket.opened`
  /// @param condition over the subject's facts; empty when it always holds
  /// @param people whether what it is told may say something about people
  public record Wish(
      String name, String url, List<String> kinds, String condition, boolean people) {
    public Wish {
      name = name.strip();
      url = url.strip();
      kinds = kinds.stream().sorted().distinct().toList();
      condition = condition.strip();
    }

    URI address() {
      return URI.create(url);
    }

    /// The part of the address by which people know it.
    public String host() {
      return address().getHost();
    }
  }

  /// @param active whether it is told; while it is not, what happens is kept for later
  /// @param failingSince when it began to take nothing; null while it took the last one
  /// @param problem why it took nothing, the last time; else empty
  public record Health(boolean active, @Nullable Instant failingSince, String problem) {}

  /// Which of the keys that it has had signs what it is told.
  record Key(int number, Instant since) {}
}
