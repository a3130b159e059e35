package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome.Rejected;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.search.TicketSearch;
import dev.evergreen.server.ticket.view.Condition;
import dev.evergreen.server.ticket.view.Fields;
import dev.evergreen.server.ticket.view.Operator;
import dev.evergreen.server.ticket.view.Terms;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.workflow.Surroundings;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The team's own fields on customers and organizations: on their pages, in lists, views, searches
/// and workflows.
class CustomerFieldsWebTest extends WebTest {
  @Autowired OwnFields definitions;
  @Autowired CustomerFields fields;
  @Autowired Customers customers;
  @Autowired Organizations organizations;
  @Autowired Tickets tickets;
  @Autowired ViewPages pages;
  @Autowired TicketSearch search;
  @Autowired Surroundings surroundings;
  @Autowired Ledger ledger;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada Moreno", Role.ADMINISTRATOR);
    visitor = signedIn(ada);
    visitor.get("/customers");
    define(Holder.CUSTOMER, "tier", FieldKind.CHOICE, List.of("Gold", "Silver"), null);
    define(Holder.CUSTOMER, "contract_no", FieldKind.TEXT, List.of(), null);
    define(Holder.ORGANIZATION, "plan", FieldKind.CHOICE, List.of("Team", "House"), null);
    define(Holder.ORGANIZATION, "turnover", FieldKind.MONEY, List.of(), "EUR");
    define(Holder.ORGANIZATION, "contact", FieldKind.REFERENCE, List.of(), null);
  }

  @Test
  void an_administrator_defines_them_and_others_find_no_such_page() {
    var key = "seats_" + number();
    assertThat(visitor.get("/settings/organizations/fields").body())
        .contains("every organization")
        .doesNotContain("Only for tickets");
    assertThat(
            pathAfter(
                visitor.post(
                    "/settings/organizations/fields",
                    Map.of("label", "Seats", "key", key, "kind", "NUMBER", "required", "NEVER"))))
        .isEqualTo("/settings/organizations/fields");
    assertThat(definitions.withKey("organization", key)).isPresent();
    assertThat(visitor.get("/settings/customers/fields").body()).doesNotContain("fields/" + key);
    assertThat(signedIn(somebody("Lea", Role.LEAD)).get("/settings/customers/fields").statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_value_is_set_on_the_page_taken_back_and_kept_in_the_ledger() {
    var kim = person();
    assertThat(visitor.get(page(kim)).body()).contains("Own fields", "Silver");

    assertThat(there(set(kim, "tier", "Gold"))).endsWith(page(kim));
    assertThat(value(kim, "tier")).isEqualTo("Gold");
    assertThat(there(set(kim, "tier", "Silver"))).endsWith(page(kim));
    var entry = ledger.of(kim.id().subject(), 1).getFirst();
    assertThat(entry.kind()).isEqualTo("customer.field-changed");
    assertThat(entry.data()).containsEntry("before", "Gold").containsEntry("after", "Silver");

    there(visitor.post(undoing(kim, entry.revision()), Map.of("sure", "1")));
    assertThat(value(kim, "tier")).isEqualTo("Gold");

    there(set(kim, "tier", ""));
    there(visitor.post(undoing(kim, entry.revision()), Map.of("sure", "1")));
    assertThat(value(kim, "tier")).isNull();
  }

  @Test
  void what_does_not_fit_is_refused_in_the_card_and_on_a_page() {
    var kim = person();
    var inPlace =
        visitor.post(
            page(kim) + "/own-fields/tier", Map.of("value", "Bronze"), "HX-Request", "true");
    assertThat(inPlace.statusCode()).isEqualTo(422);
    assertThat(inPlace.body())
        .contains("expected one of Gold, Silver", "id=\"own-fields\"")
        .doesNotContain("<html");

    var whole = set(kim, "tier", "Bronze");
    assertThat(whole.statusCode()).isEqualTo(422);
    assertThat(whole.body()).contains("expected one of Gold, Silver", "Back to");
    assertThat(set(kim, "no_such_field", "1").statusCode()).isEqualTo(404);
    assertThat(
            visitor.post("/customers/999999999/own-fields/tier", Map.of("value", "")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_customer_is_found_by_what_stands_in_a_field() {
    var kim = person();
    var contract = "KX-" + number() + "-2291";
    there(set(kim, "contract_no", contract));

    assertThat(visitor.get("/customers?q=" + contract).body()).contains(kim.name());
    assertThat(visitor.get("/customers?q=" + contract.substring(0, contract.length() - 2)).body())
        .contains(kim.name());
    assertThat(visitor.get("/customers?q=" + contract + "9").body()).contains("Nobody begins");
  }

  @Test
  void an_organizations_fields_lead_to_people_and_are_found() {
    var kim = person();
    var shop = Objects.requireNonNull(kim.organization());
    var path = "/organizations/" + shop.value();
    assertThat(visitor.get(path).body()).contains("Own fields", "turnover", "EUR");

    there(visitor.post(path + "/own-fields/turnover", Map.of("value", "1200,5")));
    there(visitor.post(path + "/own-fields/contact", Map.of("value", kim.address())));
    there(visitor.post(path + "/own-fields/plan", Map.of("value", "House")));

    assertThat(visitor.get(path).body())
        .contains("1200.50", "href=\"/customers/" + kim.id().value() + "\"");
    assertThat(organizations.withId(shop).orElseThrow().fields().get("plan")).contains("House");
    assertThat(visitor.get("/organizations?q=house").body())
        .contains("id=\"organization-" + shop.value() + "\"");
  }

  @Test
  void views_searches_and_workflows_read_them() {
    var kim = person();
    var bo = person();
    set(Holder.CUSTOMER, kim.id().value(), "tier", "Gold");
    set(Holder.CUSTOMER, bo.id().value(), "tier", "Silver");
    var shop = Objects.requireNonNull(kim.organization());
    set(Holder.ORGANIZATION, shop.value(), "turnover", "900");
    var ofKim = ticket(kim);
    var ofBo = ticket(bo);

    assertThat(found(Holder.CUSTOMER, "tier", Operator.IS, "Gold"))
        .contains(ofKim)
        .doesNotContain(ofBo);
    assertThat(found(Holder.ORGANIZATION, "turnover", Operator.AT_LEAST, "899.99"))
        .contains(ofKim)
        .doesNotContain(ofBo);
    assertThat(found(Holder.ORGANIZATION, "turnover", Operator.EMPTY)).contains(ofBo);

    assertThat(searched("customer.tier:gold")).contains(ofKim).doesNotContain(ofBo);
    assertThat(searched("organization.turnover:900")).contains(ofKim).doesNotContain(ofBo);
    assertThat(search.find("customer.nothing:1", "", 10, from())).isInstanceOf(Rejected.class);

    var facts = surroundings.atStart(ofKim.subject(), Map.of());
    assertThat(group(facts, "customer").get("fields.tier")).isEqualTo("Gold");
    assertThat(group(facts, "organization").get("fields.turnover")).isEqualTo(900.0);
    assertThat(group(facts, "organization").get("name"))
        .isEqualTo(organizations.withId(shop).orElseThrow().name());
  }

  private static Map<?, ?> group(Map<String, Object> facts, String name) {
    return (Map<?, ?>) Objects.requireNonNull(facts.get(name));
  }

  private void define(
      Holder holder, String key, FieldKind kind, List<String> options, @Nullable String currency) {
    if (definitions.withKey(holder.about(), key).isEmpty()) {
      var _ =
          definitions
              .add(
                  holder.about(),
                  new OwnField.Naming(key, key.replace('_', ' '), ""),
                  new OwnField.Shape(
                      kind,
                      options,
                      List.of(),
                      currency,
                      kind == FieldKind.REFERENCE ? "customer" : null),
                  new OwnField.Use(OwnField.Required.NEVER, List.of(), false, 0),
                  ada.actor())
              .expected();
    }
  }

  private Customer person() {
    int number = number();
    return customers.recognize("kim@fields" + number + ".example", "Kim Fields " + number);
  }

  private static String page(Customer customer) {
    return "/customers/" + customer.id().value();
  }

  private static String undoing(Customer customer, long revision) {
    return page(customer) + "/own-fields/changes/" + revision + "/undoing";
  }

  private java.net.http.HttpResponse<String> set(Customer customer, String key, String value) {
    return visitor.post(page(customer) + "/own-fields/" + key, Map.of("value", value));
  }

  private void set(Holder holder, long id, String key, String value) {
    var _ = fields.set(holder, id, key, value, Actor.SYSTEM).expected();
  }

  private @Nullable Object value(Customer customer, String key) {
    return customers.withId(customer.id()).orElseThrow().fields().get(key).orElse(null);
  }

  private TicketId ticket(Customer customer) {
    var first = new NewMessage(customer.actor(), "Hello.", null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket("Hello", customer.id(), "email", first, null)).id();
  }

  private Viewpoint from() {
    return new Viewpoint(ada, clock.instant(), ZoneOffset.UTC);
  }

  private List<TicketId> found(Holder holder, String key, Operator operator, String... values) {
    var own = definitions.withKey(holder.about(), key).orElseThrow();
    var condition = new Condition.Comparison(Fields.of(own), operator, List.of(values));
    return List.copyOf(pages.numbers(Terms.of(condition), 10_000, from()).keySet());
  }

  private List<TicketId> searched(String typed) {
    return search.find(typed, "", 500, from()).expected().hits().stream()
        .map(hit -> hit.ticket().id())
        .toList();
  }
}
