package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Catalogue;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Levels;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.Tickets;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What a team sets up for its tickets, and how it shows on them.
class TicketSetupWebTest extends WebTest {
  @Autowired Tickets tickets;
  @Autowired Sorting sorting;
  @Autowired Statuses statuses;
  @Autowired Customers customers;
  @Autowired Levels levels;
  @Autowired Ledger ledger;
  @Autowired Catalogue catalogue;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada", Role.ADMINISTRATOR);
    visitor = signedIn(ada);
    visitor.get("/settings/tickets/statuses");
  }

  @Test
  void a_field_is_asked_of_its_type_and_changed_where_it_stands() {
    var key = "serial_" + number();
    define(key, "Serial number", "TEXT", Map.of("types", "incident"));
    var ticket = ticket(TicketType.QUESTION);

    assertThat(details(ticket)).doesNotContain("own-fields/" + key);
    sorting.update(ticket, Changes.ofType(TicketType.INCIDENT), ada.actor());
    assertThat(details(ticket)).contains("own-fields/" + key);

    visitor.post("/tickets/" + ticket.value() + "/own-fields/" + key, Map.of("value", "A-1"));
    var changed =
        visitor.post(
            "/tickets/" + ticket.value() + "/own-fields/" + key,
            Map.of("value", "A-2"),
            "HX-Request",
            "true");

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).startsWith("<section id=\"details\"").contains("value=\"A-2\"");
    assertThat(changed.headers().firstValue("HX-Trigger").orElse("")).contains("undoing");
    assertThat(ledger.of(ticket.subject(), 1).getFirst().data())
        .containsAllEntriesOf(Map.of("field", key, "before", "A-1", "after", "A-2"));
    assertThat(visitor.get("/tickets/" + ticket.value() + "/timeline").body())
        .contains("set Serial number from A-1 to A-2");
  }

  @Test
  void a_value_that_does_not_fit_is_refused_where_it_was_typed() {
    var key = "paid_" + number();
    define(key, "Paid", "MONEY", Map.of("currency", "EUR"));
    var ticket = ticket(TicketType.QUESTION);
    var address = "/tickets/" + ticket.value() + "/own-fields/" + key;

    assertThat(visitor.post(address, Map.of("value", "much")).statusCode()).isEqualTo(422);
    assertThat(visitor.post(address, Map.of("value", "much"), "HX-Request", "true").body())
        .contains("Paid: expected an amount in EUR such as 12.50, but found “much”.");
    assertThat(tickets.withId(ticket).orElseThrow().state().sorted().fields().values()).isEmpty();
  }

  @Test
  void a_field_that_has_to_be_filled_in_holds_up_who_closes_and_no_workflow() {
    var key = "cause_" + number();
    define(key, "Cause", "TEXT", Map.of("required", "SETTLING", "types", "problem"));
    var ticket = ticket(TicketType.PROBLEM);

    var refused = close(ticket, "resolved");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("they are empty: Cause.");
    visitor.post("/tickets/" + ticket.value() + "/own-fields/" + key, Map.of("value", "Rain"));

    assertThat(there(close(ticket, "resolved"))).endsWith("/tickets/" + ticket.value());
    assertThat(tickets.withId(ticket).orElseThrow().isClosed()).isTrue();
  }

  @Test
  void a_retired_field_leaves_the_form_and_stays_a_fact() {
    var key = "color_" + number();
    define(key, "Color", "CHOICE", Map.of("options", "green\nblue"));
    assertThat(facts())
        .containsEntry("fields." + key, new ValueType.Choice(List.of("green", "blue")));

    visitor.post("/settings/tickets/fields/" + key + "/retirement", Map.of("retired", "true"));

    assertThat(details(ticket(TicketType.QUESTION))).doesNotContain(key);
    assertThat(facts()).containsKey("fields." + key);
  }

  @Test
  void a_status_of_ones_own_keeps_its_category_for_clocks_and_workflows() {
    var name = "In workshop " + number();
    visitor.get("/settings/tickets/statuses");
    there(
        visitor.post(
            "/settings/tickets/statuses",
            Map.of("category", "ON_HOLD", "name", name, "color", "amber")));
    var status =
        statuses.all().offered().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    var ticket = ticket(TicketType.QUESTION);

    there(
        visitor.post(
            "/tickets/" + ticket.value() + "/status",
            Map.of("status", "" + status.id().value(), "revision", revision(ticket))));

    assertThat(tickets.withId(ticket).orElseThrow().state().status()).isEqualTo(Status.ON_HOLD);
    assertThat(visitor.get("/tickets/" + ticket.value()).body())
        .contains(name, "put it from “new” to “" + name + "”");
    assertThat(ledger.of(ticket.subject(), 1).getFirst().data())
        .containsAllEntriesOf(Map.of("status", "on-hold", "name", name, "before", "new"));
  }

  @Test
  void tags_are_added_completed_renamed_and_merged_without_touching_tickets() {
    var word = "late" + number();
    var other = "delayed" + number();
    var one = ticket(TicketType.QUESTION);
    var two = ticket(TicketType.QUESTION);
    tag(one, word.toUpperCase(Locale.ROOT));
    tag(two, other);
    var before = revision(one);

    assertThat(visitor.get("/tickets/" + one.value() + "/tags/offered?tag=" + word).body())
        .contains("value=\"" + word + "\"");
    there(visitor.post("/settings/tickets/tags/" + idOf(word), Map.of("name", other)));

    assertThat(details(one)).contains("Take the tag " + other + " off").doesNotContain(word);
    assertThat(revision(one)).isEqualTo(before);
    visitor.post("/tickets/" + one.value() + "/tags/removal", Map.of("tag", other));
    assertThat(details(one)).doesNotContain(other);
    assertThat(visitor.post("/tickets/" + one.value() + "/tags", Map.of("tag", "two words")).body())
        .contains("without spaces and commas");
  }

  @Test
  void an_outcome_that_customers_are_told_is_told_before_the_ticket_closes() {
    var ticket = ticket(TicketType.QUESTION);

    there(close(ticket, "no-fix"));

    var page = visitor.get("/tickets/" + ticket.value()).body();
    assertThat(page).contains("no follow-up is planned", "closed it: no-fix");
    assertThat(tickets.withId(ticket).orElseThrow().isClosed()).isTrue();
    assertThat(close(ticket(TicketType.QUESTION), "because").statusCode()).isEqualTo(422);
  }

  @Test
  void the_first_rule_that_fits_gives_the_priority_until_a_person_does() {
    var vip = customers.recognize("vip" + number() + "@ridge.example", "Vera");
    levels.give(vip.id(), "vip", ada.actor()).expected();
    var ticket = open(vip.address(), TicketType.INCIDENT);

    assertThat(ticket.state().priority()).isEqualTo(Priority.URGENT);
    assertThat(details(ticket.id())).contains("Rule: VIP customer × incident");
    sorting.update(ticket.id(), Changes.ofType(TicketType.QUESTION), ada.actor());
    assertThat(priority(ticket.id())).isEqualTo(Priority.HIGH);
    sorting.update(ticket.id(), new Changes(null, Priority.LOW, null), ada.actor());
    sorting.update(ticket.id(), Changes.ofSeverity(Severity.CRITICAL), ada.actor());

    assertThat(priority(ticket.id())).isEqualTo(Priority.LOW);
    assertThat(details(ticket.id())).contains("Set by Ada");
  }

  @Test
  void two_who_change_the_rules_at_once_do_not_overwrite_each_other() {
    var page = visitor.get("/settings/tickets/priorities").body();
    var seen = page.replaceAll("(?s).*name=\"revision\" value=\"(\\d+)\".*", "$1");
    var rule =
        Map.of(
            "position",
            "1",
            "customer",
            "vip",
            "type",
            "",
            "severity",
            "",
            "priority",
            "high",
            "revision",
            seen);
    var kept = page.split("<tr>").length;
    var outdated = new HashMap<>(rule);
    outdated.put("revision", "" + (Long.parseLong(seen) - 1));

    assertThat(visitor.post("/settings/tickets/priorities", outdated).statusCode()).isEqualTo(409);

    assertThat(visitor.get("/settings/tickets/priorities").body().split("<tr>")).hasSize(kept);
  }

  @Test
  void for_agents_the_settings_do_not_exist_and_for_leads_the_fields_do_not() {
    var agent = signedIn(somebody("Mateo", Role.AGENT));
    var lead = signedIn(somebody("Ines", Role.LEAD));

    for (var list : List.of("statuses", "categories", "outcomes", "tags", "priorities")) {
      assertThat(agent.get("/settings/tickets/" + list).statusCode()).as(list).isEqualTo(404);
      assertThat(lead.get("/settings/tickets/" + list).statusCode()).as(list).isEqualTo(200);
    }
    assertThat(lead.get("/settings/tickets/fields").statusCode()).isEqualTo(404);
  }

  private void define(String key, String label, String kind, Map<String, String> more) {
    var form = new HashMap<>(Map.of("key", key, "label", label, "kind", kind, "position", "0"));
    form.put("required", "NEVER");
    form.putAll(more);
    visitor.get("/settings/tickets/fields");
    there(visitor.post("/settings/tickets/fields", form));
  }

  private Map<String, ValueType> facts() {
    var types = new HashMap<String, ValueType>();
    catalogue.facts().stream()
        .filter(group -> group.name().equals("ticket"))
        .flatMap(group -> group.fields().stream())
        .forEach(field -> types.put(field.name(), field.type()));
    return types;
  }

  private String details(TicketId ticket) {
    return visitor.get("/tickets/" + ticket.value() + "/details").body();
  }

  private void tag(TicketId ticket, String word) {
    there(visitor.post("/tickets/" + ticket.value() + "/tags", Map.of("tag", word)));
  }

  private String idOf(String word) {
    return visitor
        .get("/settings/tickets/tags?q=" + word)
        .body()
        .replaceAll("(?s).*/settings/tickets/tags/(\\d+)\".*", "$1");
  }

  private HttpResponse<String> close(TicketId ticket, String outcome) {
    return visitor.post(
        "/tickets/" + ticket.value() + "/closing",
        Map.of("outcome", outcome, "revision", revision(ticket)));
  }

  private Priority priority(TicketId ticket) {
    return tickets.withId(ticket).orElseThrow().state().priority();
  }

  private String revision(TicketId ticket) {
    return "" + tickets.withId(ticket).orElseThrow().revision();
  }

  private TicketId ticket(TicketType type) {
    return open("amara" + number() + "@okafor.example", type).id();
  }

  private Ticket open(String address, TicketType type) {
    var customer = customers.recognize(address, "Amara Okafor");
    var first =
        new NewMessage(customer.actor(), "It is broken.", null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket("Broken", customer.id(), "email", first, null, type, null));
  }
}
