package dev.evergreen.server.ticket.notification;

import java.util.Locale;

/// How somebody is told of something. Each way can be turned off for each kind.
public enum NotificationWay {
  /// By the bell and the page behind it.
  PAGE("on the page"),
  /// By the browser, outside of its window, where the person has allowed it.
  BROWSER("by the browser"),
  /// By a mail that gathers what was not looked at.
  MAIL("by mail");

  private final String title;

  NotificationWay(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// What a form calls it.
  public String field() {
    return key();
  }

  /// As it is stored.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NotificationWay of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
