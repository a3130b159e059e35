package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.CustomerActivity;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.FollowsCustomer;
import dev.evergreen.server.platform.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What customers have of tickets: how many they opened, and that tickets go along when two records
/// of one person become one.
@Component
final class TicketsOfCustomer implements FollowsCustomer, CustomerActivity {
  private final JdbcClient jdbc;
  private final TicketWriting writing;

  TicketsOfCustomer(JdbcClient jdbc, TicketWriting writing) {
    this.jdbc = jdbc;
    this.writing = writing;
  }

  @Override
  public String name() {
    return "tickets";
  }

  @Override
  public int count(CustomerId of, int most) {
    return jdbc.sql(
            """
            select count(*) from (
              select from ticket where customer_id = :customer limit :most) as found
            """)
        .param("customer", of.value())
        .param("most", most)
        .query(Integer.class)
        .single();
  }

  @Override
  public int ticketsSince(CustomerId id, Instant since, int most) {
    return jdbc.sql(
            """
            select count(*) from (
              select from ticket
              where customer_id = :customer and opened_at >= :since
              limit :most) as found
            """)
        .param("customer", id.value())
        .param("since", TicketRows.stored(since))
        .param("most", most)
        .query(Integer.class)
        .single();
  }

  @Override
  public List<Long> move(CustomerId from, CustomerId to, Actor by) {
    var all =
        jdbc.sql("select id from ticket where customer_id = :customer order by id")
            .param("customer", from.value())
            .query((row, _) -> row.getLong("id"))
            .list();
    all.forEach(id -> move(new TicketId(id), to, by));
    return all;
  }

  @Override
  public void moveBack(List<Long> moved, CustomerId from, CustomerId to, Actor by) {
    jdbc.sql(
            """
            select id from ticket
            where id = any(:ids) and customer_id = :customer
            order by id
            """)
        .param("ids", moved.toArray(Long[]::new))
        .param("customer", from.value())
        .query(Long.class)
        .list()
        .forEach(id -> move(new TicketId(id), to, by));
  }

  private void move(TicketId id, CustomerId to, Actor by) {
    var ticket =
        writing.update(
            """
            update ticket set customer_id = :customer, revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            Map.of("customer", to.value()));
    writing.append(ticket, "ticket.customer-changed", by, Map.of("customer", to.value()));
  }
}
