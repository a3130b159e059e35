package dev.evergreen.server.ticket.notification;

import java.util.Locale;

/// Why somebody is told of something. Each kind can be turned off by each person.
public enum NotificationKind {
  MENTION("Somebody mentions you", "A colleague writes @ and your name in a note."),
  ASSIGNED("You are given a ticket", "A colleague or a workflow makes a ticket yours."),
  ANSWER("A customer answers", "On a ticket of yours, or one that you follow."),
  FOLLOWED(
      "Something happens on what you follow",
      "A colleague answers, leaves a note, closes it or opens it again."),
  FOLLOW_UP(
      "A ticket comes back", "What you put aside, or what was promised to a customer, is due.");

  private final String title;
  private final String about;

  NotificationKind(String title, String about) {
    this.title = title;
    this.about = about;
  }

  /// As it is stored.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NotificationKind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  public String title() {
    return title;
  }

  public String about() {
    return about;
  }
}
