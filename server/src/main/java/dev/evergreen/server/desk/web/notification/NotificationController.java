package dev.evergreen.server.desk.web.notification;

import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.notification.NotificationKind;
import dev.evergreen.server.ticket.notification.Notifications;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What one is told of, the bell that counts it, and the choice of what to be told of.
@Controller
final class NotificationController {
  private static final int SHOWN = 30;

  private final Notifications notifications;

  NotificationController(Notifications notifications) {
    this.notifications = notifications;
  }

  @GetMapping("/notifications")
  String list(
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page", NotificationPage.of(notifications.newest(agent, before, SHOWN + 1), SHOWN));
    return "desk/notifications";
  }

  /// The bell by itself, whenever it has changed.
  @GetMapping("/notifications/bell")
  String bell(Agent agent, Model model) {
    model.addAttribute("agent", agent);
    return "layout/bell";
  }

  @PostMapping("/notifications/reading")
  String read(Agent agent, HttpServletRequest request, HttpServletResponse response) {
    notifications.allSeen(agent.id());
    Flash.say(request, response, "All of it is read.");
    return "redirect:/notifications";
  }

  /// What one wants to be told of, shown among what else one decides about oneself.
  @GetMapping("/account/notifications")
  String choices(Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("refused", notifications.refusedBy(agent.id()));
    return "desk/notification_choices";
  }

  @PostMapping("/account/notifications")
  String choose(
      @RequestParam(name = "wanted", required = false) @Nullable Set<NotificationKind> wanted,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var refused = EnumSet.allOf(NotificationKind.class);
    if (wanted != null) {
      refused.removeAll(wanted);
    }
    notifications.refuse(agent.id(), refused);
    Flash.say(request, response, "Saved.");
    return "redirect:/account/notifications";
  }
}
