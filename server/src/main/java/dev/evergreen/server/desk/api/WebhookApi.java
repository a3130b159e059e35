package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.api.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.workflow.webhook.Deliveries;
import dev.evergreen.server.workflow.webhook.Delivery;
import dev.evergreen.server.workflow.webhook.Delivery.DeliveryId;
import dev.evergreen.server.workflow.webhook.Webhook;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import dev.evergreen.server.workflow.webhook.Webhook.Wish;
import dev.evergreen.server.workflow.webhook.Webhooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Which programs are told of events, for programs of administrators.
@RestController
class WebhookApi {
  private static final int ROWS = 50;

  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final ApiCalls calls;

  WebhookApi(Webhooks webhooks, Deliveries deliveries, ApiCalls calls) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.calls = calls;
  }

  /// @param kinds of events: `ticket.opened`
  /// @param condition over the subject's facts; empty when it always holds
  /// @param people whether what it is told may say something about people
  /// @param active whether it is told
  /// @param failingSince when it began to take nothing; null while it took the last one
  record WebhookJson(
      long id,
      String name,
      String url,
      List<String> kinds,
      String condition,
      boolean people,
      boolean active,
      @Nullable Instant failingSince,
      long revision) {
    static WebhookJson of(Webhook webhook) {
      var wish = webhook.wish();
      return new WebhookJson(
          webhook.id().value(),
          wish.name(),
          wish.url(),
          wish.kinds(),
          wish.condition(),
          wish.people(),
          webhook.health().active(),
          webhook.health().failingSince(),
          webhook.revision());
    }
  }

  @Operation(summary = "The webhooks", tags = "Webhooks")
  @GetMapping("/api/v1/webhooks")
  ApiPage<WebhookJson> list(@Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    return ApiPage.whole(webhooks.visibleTo(agent).stream().map(WebhookJson::of).toList());
  }

  @Operation(summary = "A webhook", tags = "Webhooks")
  @GetMapping("/api/v1/webhooks/{id}")
  WebhookJson show(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    return WebhookJson.of(webhook(id, agent));
  }

  /// @param revision the one that the caller has seen, when it is changed; else left out
  record WishJson(
      String name,
      String url,
      List<String> kinds,
      @Nullable String condition,
      boolean people,
      @Nullable Long revision) {
    WishJson {
      kinds = List.copyOf(kinds);
    }

    Wish wish() {
      return new Wish(name, url, kinds, condition == null ? "" : condition, people);
    }
  }

  @Operation(summary = "Have another program told of events", tags = "Webhooks")
  @PostMapping("/api/v1/webhooks")
  @ResponseStatus(HttpStatus.CREATED)
  WebhookJson add(
      @RequestBody WishJson body,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        Callers.call(request, agent),
        body,
        WebhookJson.class,
        () -> webhooks.add(body.wish(), agent).map(WebhookJson::of));
  }

  @Operation(summary = "Change what a webhook is told, and where", tags = "Webhooks")
  @PutMapping("/api/v1/webhooks/{id}")
  WebhookJson change(
      @PathVariable long id,
      @RequestBody WishJson body,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request) {
    var webhook = webhook(id, agent);
    long seen = body.revision() == null ? webhook.revision() : body.revision();
    return calls.once(
        Callers.call(request, agent),
        body,
        WebhookJson.class,
        () -> webhooks.change(webhook.id(), body.wish(), seen, agent).map(WebhookJson::of));
  }

  record ActivityJson(boolean active) {}

  @Operation(summary = "Switch a webhook off, or on again", tags = "Webhooks")
  @PutMapping("/api/v1/webhooks/{id}/activity")
  WebhookJson set(
      @PathVariable long id,
      @RequestBody ActivityJson body,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request) {
    var webhook = webhook(id, agent).id();
    return calls.once(
        Callers.call(request, agent),
        body,
        WebhookJson.class,
        () -> webhooks.set(webhook, body.active(), agent).map(WebhookJson::of));
  }

  /// @param text as the receiver enters it
  /// @param overlapEnds until when the one before signs as well; null when it no longer does
  record KeyJson(int number, String text, @Nullable Instant overlapEnds) {
    static KeyJson of(Webhooks.ShownKey key) {
      return new KeyJson(key.number(), key.text(), key.overlapEnds());
    }
  }

  @Operation(summary = "The key that signs what a webhook is told", tags = "Webhooks")
  @GetMapping("/api/v1/webhooks/{id}/key")
  KeyJson key(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    return KeyJson.of(webhooks.key(webhook(id, agent)));
  }

  /// @param number of the key that the caller has seen: two who change it at once change it once
  record SeenKeyJson(int number) {}

  @Operation(
      summary = "Make a new key",
      description = "For a day the one before signs as well.",
      tags = "Webhooks")
  @PostMapping("/api/v1/webhooks/{id}/key")
  KeyJson changeKey(
      @PathVariable long id,
      @RequestBody SeenKeyJson body,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    var webhook = webhook(id, agent);
    return KeyJson.of(
        webhooks.key(webhooks.changeKey(webhook.id(), body.number(), agent).expected()));
  }

  @Operation(summary = "Tell a program nothing more", tags = "Webhooks")
  @DeleteMapping("/api/v1/webhooks/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    var _ = webhooks.remove(webhook(id, agent).id(), agent).expected();
  }

  /// @param event what the receiver knows a repetition by
  /// @param state `waiting`, `delivered`, `failed`, or `missed` while the webhook was off
  /// @param subject `ticket/1042`
  record DeliveryJson(
      long id,
      String event,
      String kind,
      String subject,
      String state,
      int tries,
      Instant askedAt,
      @Nullable Instant dueAt) {
    static DeliveryJson of(Delivery delivery) {
      var progress = delivery.progress();
      return new DeliveryJson(
          delivery.id().value(),
          delivery.event(),
          delivery.kind(),
          delivery.subject().kind() + "/" + delivery.subject().id(),
          progress.state().key(),
          progress.tries(),
          progress.askedAt(),
          progress.dueAt());
    }
  }

  @Operation(summary = "What a webhook was told, the newest first", tags = "Webhooks")
  @GetMapping("/api/v1/webhooks/{id}/deliveries")
  ApiPage<DeliveryJson> deliveries(
      @PathVariable long id,
      @Parameter(description = "the next of the page before") @RequestParam(required = false)
          @Nullable String cursor,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    var before = Cursor.read(cursor, it -> it.number(0));
    var read =
        deliveries.of(webhook(id, agent).id(), before == null ? Long.MAX_VALUE : before, ROWS + 1);
    var page = ApiPage.of(read, ROWS, last -> Cursor.of(last.id().value()));
    return new ApiPage<>(page.items().stream().map(DeliveryJson::of).toList(), page.next());
  }

  /// @param sent how many are sent again
  record AgainJson(int sent) {}

  @Operation(summary = "Send one again, under the id it had", tags = "Webhooks")
  @PostMapping("/api/v1/webhooks/{id}/deliveries/{delivery}/replay")
  AgainJson again(
      @PathVariable long id,
      @PathVariable long delivery,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    var webhook = webhook(id, agent).id();
    if (deliveries.get(webhook, new DeliveryId(delivery)).isEmpty()) {
      throw ApiRefusal.unknown("delivery " + delivery);
    }
    return new AgainJson(deliveries.again(webhook, new DeliveryId(delivery)) ? 1 : 0);
  }

  /// @param all also what was taken; else only what was not
  record TimeJson(Instant from, Instant until, boolean all) {}

  @Operation(summary = "Send again what became known in a time, at most 10,000", tags = "Webhooks")
  @PostMapping("/api/v1/webhooks/{id}/replay")
  AgainJson again(
      @PathVariable long id,
      @RequestBody TimeJson body,
      @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    return new AgainJson(
        deliveries.again(webhook(id, agent).id(), body.from(), body.until(), body.all()));
  }

  @Operation(summary = "Send a trial", tags = "Webhooks")
  @PostMapping("/api/v1/webhooks/{id}/trial")
  DeliveryJson attempt(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.ADMINISTER) Agent agent) {
    var webhook = webhook(id, agent);
    return deliveries
        .get(webhook.id(), deliveries.attempt(webhook))
        .map(DeliveryJson::of)
        .orElseThrow(() -> ApiRefusal.unknown("webhook " + id));
  }

  private Webhook webhook(long id, Agent agent) {
    return webhooks
        .get(new WebhookId(id), agent)
        .orElseThrow(() -> ApiRefusal.unknown("webhook " + id));
  }
}
