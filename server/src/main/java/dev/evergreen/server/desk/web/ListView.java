package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.View;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The lists every agent has.
public enum ListView {
  MINE(
      View.MINE,
      "Mine",
      "My tickets",
      "Nothing waits for you",
      "Take one from Unassigned, or lean back."),
  UNASSIGNED(
      View.UNASSIGNED,
      "Unassigned",
      "Unassigned tickets",
      "Everything has somebody",
      "New mail will appear here."),
  ALL(View.ALL, "All", "All tickets", "There is no ticket", "New mail will appear here."),
  CLOSED(
      View.CLOSED,
      "Closed",
      "Closed tickets",
      "Nothing is closed yet",
      "What is done will be kept here.");

  private final View tickets;
  private final String label;
  private final String title;
  private final String emptyTitle;
  private final String emptyAdvice;

  ListView(View tickets, String label, String title, String emptyTitle, String emptyAdvice) {
    this.tickets = tickets;
    this.label = label;
    this.title = title;
    this.emptyTitle = emptyTitle;
    this.emptyAdvice = emptyAdvice;
  }

  static Optional<ListView> withKey(String key) {
    return Arrays.stream(values()).filter(view -> view.key().equals(key)).findFirst();
  }

  View tickets() {
    return tickets;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String href() {
    return "/tickets?view=" + key();
  }

  public String label() {
    return label;
  }

  public String title() {
    return title;
  }

  public String emptyTitle() {
    return emptyTitle;
  }

  public String emptyAdvice() {
    return emptyAdvice;
  }
}
