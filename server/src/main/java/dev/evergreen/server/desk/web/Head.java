package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Ticket;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The heading over a conversation: what it is about, where it stands, who has it.
///
/// @param mayClose whether its reader may change where it stands
public record Head(
    Ticket ticket,
    String customer,
    @Nullable String responsible,
    String view,
    Offered offered,
    boolean mayClose) {

  public long number() {
    return ticket.id().value();
  }

  public String live() {
    return ticket.id().subject().toString();
  }

  public String subject() {
    return ticket.subject();
  }

  private String category() {
    return offered.categories().stream()
        .filter(one -> one.key().equals(ticket.state().category()))
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(ticket.state().category());
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

  public boolean isArchived() {
    return ticket.isArchived();
  }

  /// What kind of request it is and what it is about, as far as somebody said.
  public String sorted() {
    var type = ticket.state().sorted().type();
    var words =
        Stream.of(type == null ? "" : type.key(), category())
            .filter(word -> !word.isEmpty())
            .distinct()
            .toList();
    return String.join(", ", words);
  }
}
