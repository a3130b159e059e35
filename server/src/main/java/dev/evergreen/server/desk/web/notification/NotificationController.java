package dev.evergreen.server.desk.web.notification;

import dev.evergreen.server.platform.text.Texts;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.notification.Notification;
import dev.evergreen.server.ticket.notification.Notifications;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What one is told of, the bell that counts it, and the choice of what to be told of.
@Controller
final class NotificationController {
  private static final int SHOWN = 30;
  private static final int MOST_NEWS = 3;

  private final Notifications notifications;

  NotificationController(Notifications notifications) {
    this.notifications = notifications;
  }

  /// What a browser shows outside of its window.
  record News(long id, String title, String text, String href) {
    static News of(Notification one) {
      return new News(
          one.id(),
          one.by() + " " + Texts.text(NotificationPage.words(one)),
          one.subject(),
          "/tickets/" + one.ticket().value());
    }
  }

  /// @param last the number of the newest, from which on to ask the next time
  record NewsPage(long last, List<News> news) {}

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

  /// What there is to be shown outside of the window since `after`; without it only from where on
  /// to ask: what happened before somebody allowed it is no news.
  @GetMapping("/notifications/news")
  ResponseEntity<NewsPage> news(@RequestParam(required = false) @Nullable Long after, Agent agent) {
    var found =
        after == null ? List.<Notification>of() : notifications.newsFor(agent, after, MOST_NEWS);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new NewsPage(notifications.last(agent.id()), found.stream().map(News::of).toList()));
  }
}
