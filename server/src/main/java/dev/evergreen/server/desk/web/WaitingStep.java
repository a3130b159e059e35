package dev.evergreen.server.desk.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A step that waits, and the ticket it is about.
public record WaitingStep(
    long number, String title, @Nullable Instant dueAt, String customer, String subject) {
  public String href() {
    return "/tickets/" + number;
  }
}
