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
      "A ticket comes back", "What you put aside, or what was promised to a customer, is due."),
  PARTNER("A partner answers", "In a side conversation that you began."),
  TASK("A task for you", "Somebody gives you or your team a task, or takes one back."),
  TASK_ENDED("A task of yours ends", "What you asked for is done, or declined."),
  TASK_LATE("A task is late", "One for you or your team, or one that you gave."),
  QUESTION("Somebody asks you", "A colleague wants to know something before they answer."),
  CONSULTED("A colleague answers", "What you wanted to know before you answer."),
  HANDED_OVER("A ticket is handed over", "To a team of yours, with a note."),
  NOT_SETTLED(
      "A ticket stays open",
      "What you sent went out, but the ticket could not be settled with it.");

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
