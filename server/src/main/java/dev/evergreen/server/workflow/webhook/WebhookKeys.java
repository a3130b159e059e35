package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.Secrets;
import dev.evergreen.server.workflow.SignedCalls;
import dev.evergreen.server.workflow.WebhookSignature;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// The keys that sign what webhooks are told, a chain of its own for each. For a day after a change
/// the one before signs as well, so that the receiver has time to take the new one.
@Component
final class WebhookKeys {
  private final Secrets secrets;

  WebhookKeys(Secrets secrets) {
    this.secrets = secrets;
  }

  /// Those that sign at this time, the newest first.
  List<byte[]> of(Webhook webhook, Instant at) {
    int newest = webhook.key().number();
    boolean overlaps = newest > 1 && at.isBefore(overlapEnds(webhook));
    return IntStream.rangeClosed(0, overlaps ? 1 : 0)
        .mapToObj(age -> key(webhook, newest - age))
        .toList();
  }

  /// The newest one as its receiver enters it.
  String text(Webhook webhook) {
    return SignedCalls.text(key(webhook, webhook.key().number()));
  }

  static Instant overlapEnds(Webhook webhook) {
    return webhook.key().since().plus(WebhookSignature.OVERLAP);
  }

  private byte[] key(Webhook webhook, int number) {
    return secrets.key("webhook-%d-%d".formatted(webhook.id().value(), number));
  }
}
