package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.retention.Archive;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Every change that the desk makes can be taken back, whole.
class UndoWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired ViewPages pages;
  @Autowired TicketChanges changes;
  @Autowired Sorting sorting;
  @Autowired Settlements settlements;
  @Autowired Archive archive;
  @Autowired Settings settings;
  @Autowired Customers customers;
  @Autowired JdbcClient database;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada", Role.AGENT);
    visitor = signedIn(ada);
    visitor.get("/account");
  }

  @ParameterizedTest
  @CsvSource({
    "fields, type, incident",
    "fields, severity, critical",
    "fields, priority, urgent",
    "fields, category, refund",
    "fields, rootCause, A worn seal",
    "assignment, agent, ME",
    "tags, tag, worn",
    "closing, outcome, resolved",
    "closing, outcome, no-fix"
  })
  void what_is_taken_back_is_as_it_was_in_every_column(String form, String field, String value) {
    var ticket = ticket();
    visitor.get("/tickets/" + ticket.value());
    var before = row(ticket);

    var undo =
        send(ticket, form, Map.of(field, value.equals("ME") ? "" + ada.id().value() : value));
    assertThat(row(ticket)).isNotEqualTo(before);
    there(visitor.post(undo, Map.of()));

    assertThat(row(ticket)).isEqualTo(before);
    assertThat(visitor.get("/tickets/" + ticket.value() + "/timeline").body())
        .contains("took back:");
  }

  @Test
  void what_went_out_to_the_customer_is_named_and_stays() {
    var ticket = ticket();
    var undo = send(ticket, "closing", Map.of("outcome", "no-fix"));

    there(visitor.post(undo, Map.of()));

    assertThat(flash())
        .isEqualTo("Taken back. What went out stays out: an answer to the customer.");
    assertThat(visitor.get("/tickets/" + ticket.value()).body())
        .contains("no follow-up is planned");
  }

  @Test
  void nothing_is_taken_back_twice_by_others_or_over_a_later_change() {
    var ticket = ticket();
    var undo = send(ticket, "fields", Map.of("priority", "high"));
    var mateo = signedIn(somebody("Mateo", Role.AGENT));
    mateo.get("/tickets/" + ticket.value());
    assertThat(mateo.post(undo, Map.of()).statusCode()).isEqualTo(409);

    sorting.update(ticket, new Changes(null, Priority.LOW, null), Actor.SYSTEM);
    assertThat(visitor.post(undo, Map.of()).statusCode()).isEqualTo(409);
    assertThat(tickets.withId(ticket).orElseThrow().state().priority()).isEqualTo(Priority.LOW);

    var other = send(ticket, "fields", Map.of("category", "refund"));
    there(visitor.post(other, Map.of()));
    assertThat(visitor.post(other, Map.of("again", "1")).statusCode()).isEqualTo(409);
  }

  @Test
  void long_closed_tickets_leave_the_lists_and_come_back_with_the_customer() {
    var ticket = ticket();
    settlements.close(ticket, "resolved", null, Actor.SYSTEM).expected();
    database
        .sql("update ticket set closed_at = closed_at - interval '91 days' where id = :id")
        .param("id", ticket.value())
        .update();

    while (archive.archive() > 0) {
      // one batch after the other
    }

    assertThat(tickets.withId(ticket).orElseThrow().isArchived()).isTrue();
    assertThat(inList(View.CLOSED, ticket)).isFalse();
    assertThat(inList(View.ALL, ticket)).isFalse();
    assertThat(visitor.get("/tickets/" + ticket.value()).body()).contains(">archived<");
    settlements.reopen(ticket, null, ada.actor()).expected();
    assertThat(inList(View.ALL, ticket)).isTrue();
  }

  private boolean inList(View view, TicketId ticket) {
    return pages
        .page(view.terms(), null, 200, new Viewpoint(ada, clock.instant(), ZoneOffset.UTC))
        .rows()
        .stream()
        .anyMatch(row -> row.ticket().id().equals(ticket));
  }

  /// Sends a form of the ticket's page.
  ///
  /// @return how to take back what it did
  private String send(TicketId ticket, String form, Map<String, String> fields) {
    var all = new HashMap<>(fields);
    all.put("revision", "" + tickets.withId(ticket).orElseThrow().revision());
    there(visitor.post("/tickets/" + ticket.value() + "/" + form, all));
    var said = flash().split("\n", 2);
    assertThat(said).hasSize(2);
    return said[1];
  }

  private String flash() {
    return URLDecoder.decode(visitor.cookie("flash").orElseThrow(), StandardCharsets.UTF_8);
  }

  /// Every column but those that count what happened.
  private String row(TicketId ticket) {
    return database
        .sql(
            """
            select cast(to_jsonb(ticket) - array['revision', 'updated_at'] as text)
            from ticket
            where id = :id
            """)
        .param("id", ticket.value())
        .query((row, _) -> row.getString(1))
        .single();
  }

  private TicketId ticket() {
    var customer = customers.recognize("undo" + number() + "@okafor.example", "Amara Okafor");
    var first =
        new NewMessage(customer.actor(), "It is broken.", null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket("Broken", customer.id(), "email", first, null)).id();
  }
}
