package dev.evergreen.server.workflow.web;

import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.workflow.webhook.Deliveries;
import dev.evergreen.server.workflow.webhook.Delivery;
import dev.evergreen.server.workflow.webhook.Delivery.DeliveryId;
import dev.evergreen.server.workflow.webhook.Webhook;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import dev.evergreen.server.workflow.webhook.Webhooks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDateTime;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What a webhook was told, and what came back; sent again when somebody wants that.
@Controller
@RequestMapping("/settings/webhooks/{id:\\d+}")
class DeliveryController {
  private final Webhooks webhooks;
  private final Deliveries deliveries;

  DeliveryController(Webhooks webhooks, Deliveries deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @PostMapping("/trial")
  String attempt(@PathVariable long id, @May(Permission.ADMINISTER) Agent agent) {
    Webhook webhook = webhook(id, agent);
    DeliveryId trial = deliveries.attempt(webhook);
    return "redirect:/settings/webhooks/%d/deliveries/%d".formatted(id, trial.value());
  }

  @GetMapping("/deliveries/{delivery:\\d+}")
  String show(
      @PathVariable long id,
      @PathVariable long delivery,
      @May(Permission.ADMINISTER) Agent agent,
      Model model) {
    Webhook webhook = webhook(id, agent);
    Delivery found = delivery(webhook, delivery);
    model.addAttribute("agent", agent);
    model.addAttribute("webhook", webhook);
    model.addAttribute("delivery", found);
    model.addAttribute("tries", deliveries.tries(found.id()));
    return "workflow/delivery";
  }

  @PostMapping("/deliveries/{delivery:\\d+}/replay")
  String again(
      @PathVariable long id,
      @PathVariable long delivery,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    Webhook webhook = webhook(id, agent);
    Delivery found = delivery(webhook, delivery);
    Flash.say(
        request,
        response,
        deliveries.again(webhook.id(), found.id())
            ? "It is sent again."
            : "It waits to be sent anyway.");
    return "redirect:/settings/webhooks/%d/deliveries/%d".formatted(id, delivery);
  }

  /// @param from as the person reads clocks
  @PostMapping("/replay")
  String again(
      @PathVariable long id,
      @RequestParam LocalDateTime from,
      @RequestParam LocalDateTime to,
      @RequestParam(defaultValue = "false") boolean all,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    Webhook webhook = webhook(id, agent);
    var zone = Page.zoneOf(request);
    int again =
        deliveries.again(
            webhook.id(), from.atZone(zone).toInstant(), to.atZone(zone).toInstant(), all);
    Flash.say(
        request,
        response,
        again == 0
            ? "Nothing in that time is to be sent."
            : "%d %s sent again, the oldest first."
                .formatted(again, again == 1 ? "event is" : "events are"));
    return "redirect:/settings/webhooks/" + id;
  }

  private Webhook webhook(long id, Agent agent) {
    return webhooks
        .get(new WebhookId(id), agent)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Delivery delivery(Webhook webhook, long id) {
    return deliveries
        .get(webhook.id(), new DeliveryId(id))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
