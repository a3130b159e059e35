package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Ticket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The heading over a conversation: what it is about, where it stands, who has it.
public record Head(Ticket ticket, String customer, @Nullable String responsible, String view) {

  public long number() {
    return ticket.id().value();
  }

  public String live() {
    return ticket.id().subject().toString();
  }

  public String subject() {
    return ticket.subject();
  }

  public String category() {
    return ticket.state().category();
  }

  public String channel() {
    return ticket.origin().channel();
  }

  public Instant openedAt() {
    return ticket.moments().openedAt();
  }

  public long revision() {
    return ticket.revision();
  }

  public boolean isUrgent() {
    return ticket.state().priority() == Priority.URGENT && !isClosed();
  }

  public boolean isClosed() {
    return ticket.isClosed();
  }

  public String status() {
    return ticket.state().status().words();
  }

  public String tone() {
    return tone(ticket.state().status());
  }

  static String tone(Status status) {
    return switch (status) {
      case NEW -> "blue";
      case OPEN, SOLVED -> "green";
      case PENDING, ON_HOLD -> "amber";
      case CLOSED -> "gray";
    };
  }
}
