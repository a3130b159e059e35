package dev.evergreen.server.desk.web.notification;

import dev.evergreen.server.ticket.notification.NotificationKind;
import dev.evergreen.server.ticket.notification.NotificationWay;
import java.util.Map;
import java.util.Set;

/// What an agent has chosen to be told of, and how.
///
/// @param every at most every so many minutes a mail; 0 for none
/// @param hasMail whether there is a mail server to carry it
public record NotificationChoicePage(
    Map<NotificationWay, Set<NotificationKind>> refused, long every, boolean hasMail) {
  public NotificationChoicePage {
    refused = Map.copyOf(refused);
  }

  public boolean wants(NotificationKind kind, NotificationWay way) {
    return !refused.getOrDefault(way, Set.of()).contains(kind);
  }
}
