package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One event that a webhook is told of, and how far that has come.
///
/// @param event what receivers know a repetition by
/// @param kind of the event
/// @param body what is sent
public record Delivery(
    DeliveryId id,
    WebhookId webhook,
    String event,
    String kind,
    Subject subject,
    Progress progress,
    String body) {

  public record DeliveryId(long value) {
    public String domId() {
      return "delivery-" + value;
    }
  }

  /// @param askedAt when the event became known
  /// @param dueAt when it is to be sent, or sent again; null when it is over
  /// @param tries since it was asked for, or asked for anew
  public record Progress(State state, Instant askedAt, @Nullable Instant dueAt, int tries) {}

  public enum State {
    /// To be sent, or sent again.
    WAITING("Waiting", "amber"),
    /// Taken by the receiver.
    DELIVERED("Delivered", "green"),
    /// Sent as often as it may be; nobody took it.
    FAILED("Failed", "red"),
    /// It happened while the webhook was off.
    MISSED("Not sent", "gray");

    private final String label;
    private final String tone;

    State(String label, String tone) {
      this.label = label;
      this.tone = tone;
    }

    public String label() {
      return label;
    }

    public String tone() {
      return tone;
    }

    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }
  }

  /// One time that it was sent.
  ///
  /// @param status of the answer; null when there was none
  /// @param answer the beginning of what came back
  /// @param problem why it counts as not taken; empty when it was
  public record Try(
      Instant at, int tookMillis, @Nullable Integer status, String answer, String problem) {}
}
