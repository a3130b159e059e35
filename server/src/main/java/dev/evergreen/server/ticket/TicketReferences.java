package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.CustomerReferences;
import dev.evergreen.server.platform.field.References;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What a ticket's own fields can lead to: another ticket, and all that those of a customer can.
@Component
public class TicketReferences {
  private static final String TICKET = "ticket";

  public static final List<String> KINDS =
      Stream.concat(Stream.of(TICKET), CustomerReferences.KINDS.stream()).toList();

  private final JdbcClient jdbc;
  private final CustomerReferences others;

  TicketReferences(JdbcClient jdbc, CustomerReferences others) {
    this.jdbc = jdbc;
    this.others = others;
  }

  /// For one reader: a ticket that does not exist for them is not found.
  References visibleIn(VisibleTickets tickets) {
    return new Found(tickets::get);
  }

  /// For parts that act on their own account.
  References all() {
    return new Found(id ->
        jdbc.sql("select * from ticket where id = :id")
            .param("id", id.value())
            .query(TicketRows::ticket)
            .optional());
  }

  private final class Found implements References {
    private final Function<TicketId, Optional<Ticket>> tickets;

    private Found(Function<TicketId, Optional<Ticket>> tickets) {
      this.tickets = tickets;
    }

    @Override
    public Optional<Target> typed(String kind, String text) {
      if (!kind.equals(TICKET)) {
        return others.typed(kind, text);
      }
      return text.matches("#?\\d{1,18}")
          ? withId(kind, Long.parseLong(text.replace("#", "")))
          : Optional.empty();
    }

    @Override
    public Optional<Target> withId(String kind, long id) {
      return kind.equals(TICKET)
          ? tickets.apply(new TicketId(id)).map(Found::target)
          : others.withId(kind, id);
    }

    @Override
    public String expected(String kind) {
      return kind.equals(TICKET) ? "the number of a ticket" : others.expected(kind);
    }

    private static Target target(Ticket ticket) {
      return new Target(
          ticket.id().value(),
          ticket.id() + " " + ticket.subject(),
          "/tickets/" + ticket.id().value(),
          ticket.id().toString());
    }
  }
}
