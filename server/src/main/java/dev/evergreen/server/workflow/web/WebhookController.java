package dev.evergreen.server.workflow.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.workflow.webhook.Deliveries;
import dev.evergreen.server.workflow.webhook.Delivery;
import dev.evergreen.server.workflow.webhook.Webhook;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import dev.evergreen.server.workflow.webhook.Webhooks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Which other programs are told of events, and of which.
@Controller
@RequestMapping("/settings/webhooks")
class WebhookController {
  private static final int SHOWN = 30;
  private static final String NEWEST = "9223372036854775807";

  private final Webhooks webhooks;
  private final Deliveries deliveries;

  WebhookController(Webhooks webhooks, Deliveries deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  private record Exchange(
      Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}

  @GetMapping
  String list(@May(Permission.ADMINISTER) Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("webhooks", webhooks.visibleTo(agent));
    return "workflow/webhooks";
  }

  @GetMapping("/new")
  String blank(@May(Permission.ADMINISTER) Agent agent, Model model) {
    return blank(WebhookForm.BLANK, "", agent, model);
  }

  @PostMapping
  String add(
      @May(Permission.ADMINISTER) Agent agent,
      @ModelAttribute WebhookForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return webhooks
        .add(form.wish(), agent)
        .fold(
            webhook -> {
              Flash.say(request, response, "Added. Give its key to the receiver and try it.");
              return there(webhook.id());
            },
            rejected -> {
              response.setStatus(rejected.reason().status());
              return blank(form, rejected.detail(), agent, model);
            });
  }

  @GetMapping("/{id:\\d+}")
  String show(
      @PathVariable long id,
      @RequestParam(defaultValue = NEWEST) long before,
      @May(Permission.ADMINISTER) Agent agent,
      Model model) {
    Webhook webhook = webhook(id, agent);
    return page(webhook, WebhookForm.of(webhook), before, "", agent, model);
  }

  @PostMapping("/{id:\\d+}")
  String change(
      @PathVariable long id,
      @RequestParam long revision,
      @May(Permission.ADMINISTER) Agent agent,
      @ModelAttribute WebhookForm form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return webhooks
        .change(new WebhookId(id), form.wish(), revision, agent)
        .fold(
            webhook -> {
              Flash.say(request, response, "Saved.");
              return there(webhook.id());
            },
            rejected -> {
              Webhook now = webhook(id, agent);
              response.setStatus(rejected.reason().status());
              return page(now, form, Long.MAX_VALUE, rejected.detail(), agent, model);
            });
  }

  @PostMapping("/{id:\\d+}/activity")
  String set(
      @PathVariable long id,
      @RequestParam boolean active,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        webhooks.set(new WebhookId(id), active, agent),
        active
            ? "Switched on. What it missed is sent when you have it sent."
            : "Switched off. What happens is kept for thirty days.",
        id,
        new Exchange(agent, request, response, model));
  }

  /// @param key the number of the one on the page
  @PostMapping("/{id:\\d+}/key")
  String changeKey(
      @PathVariable long id,
      @RequestParam int key,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        webhooks.changeKey(new WebhookId(id), key, agent),
        "There is a new key. Give it to the receiver within a day.",
        id,
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/{id:\\d+}/removal")
  String remove(
      @PathVariable long id,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    Webhook webhook = webhook(id, agent);
    var _ = webhooks.remove(webhook.id(), agent).expected();
    Flash.say(request, response, "“%s” is told nothing more.".formatted(webhook.wish().name()));
    return "redirect:/settings/webhooks";
  }

  private String answer(Outcome<Webhook> outcome, String done, long id, Exchange exchange) {
    return outcome.fold(
        webhook -> {
          Flash.say(exchange.request(), exchange.response(), done);
          return there(webhook.id());
        },
        rejected -> {
          Webhook now = webhook(id, exchange.agent());
          exchange.response().setStatus(rejected.reason().status());
          return page(
              now,
              WebhookForm.of(now),
              Long.MAX_VALUE,
              rejected.detail(),
              exchange.agent(),
              exchange.model());
        });
  }

  private static String there(WebhookId id) {
    return "redirect:/settings/webhooks/" + id.value();
  }

  private String blank(WebhookForm form, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("form", form);
    model.addAttribute("events", webhooks.events());
    model.addAttribute("problem", problem);
    return "workflow/webhook_new";
  }

  private String page(
      Webhook webhook, WebhookForm form, long before, String problem, Agent agent, Model model) {
    List<Delivery> told = deliveries.of(webhook.id(), before, SHOWN);
    String older =
        told.size() < SHOWN
            ? null
            : "/settings/webhooks/%d?before=%d"
                .formatted(webhook.id().value(), told.getLast().id().value());
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new WebhookPage(
            webhook, form, webhooks.events(), webhooks.key(webhook), told, older, problem));
    return "workflow/webhook";
  }

  private Webhook webhook(long id, Agent agent) {
    return webhooks
        .get(new WebhookId(id), agent)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
