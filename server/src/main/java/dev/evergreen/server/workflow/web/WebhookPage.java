package dev.evergreen.server.workflow.web;

import dev.evergreen.language.EventType;
import dev.evergreen.server.workflow.webhook.Delivery;
import dev.evergreen.server.workflow.webhook.Webhook;
import dev.evergreen.server.workflow.webhook.Webhooks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One webhook with what it was told lately.
///
/// @param form what is filled in, as it was sent when it was refused
/// @param older the address of what was told before; null when that is all
public record WebhookPage(
    Webhook webhook,
    WebhookForm form,
    List<EventType> events,
    Webhooks.ShownKey key,
    List<Delivery> deliveries,
    @Nullable String older,
    String problem) {

  public String path() {
    return "/settings/webhooks/" + webhook.id().value();
  }

  public String path(Delivery delivery) {
    return path() + "/deliveries/" + delivery.id().value();
  }

  /// How it stands, in a word and its color.
  public static String standing(Webhook webhook) {
    var health = webhook.health();
    return !health.active() ? "Off" : health.failingSince() != null ? "Failing" : "On";
  }

  public static String tone(Webhook webhook) {
    var health = webhook.health();
    return !health.active() ? "gray" : health.failingSince() != null ? "red" : "green";
  }
}
