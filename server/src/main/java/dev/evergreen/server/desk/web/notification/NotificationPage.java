package dev.evergreen.server.desk.web.notification;

import dev.evergreen.server.ticket.notification.Notification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent was told of, the newest first, and where the rest is.
public record NotificationPage(List<Notification> told, @Nullable String next) {
  public NotificationPage {
    told = List.copyOf(told);
  }

  static NotificationPage of(List<Notification> found, int shown) {
    return found.size() <= shown
        ? new NotificationPage(found, null)
        : new NotificationPage(
            found.subList(0, shown), "/notifications?before=" + found.get(shown - 1).id());
  }

  public boolean hasUnread() {
    return told.stream().anyMatch(Notification::unread);
  }

  /// What happened, after the name of whoever did it.
  public static String words(Notification one) {
    return switch (one.kind()) {
      case MENTION -> "mentioned you on";
      case ASSIGNED -> "gave you";
      case ANSWER -> "answered on";
      case FOLLOWED -> "worked on";
      case FOLLOW_UP -> "brought back";
      case PARTNER -> "answered aside on";
      case TASK -> "gave a task on";
      case TASK_ENDED -> "ended a task on";
      case TASK_LATE -> "let a task be late on";
      case QUESTION -> "asks you about";
      case CONSULTED -> "answered your question on";
      case HANDED_OVER -> "handed over";
      case NOT_SETTLED -> "did not settle";
    };
  }
}
