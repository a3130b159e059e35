package dev.evergreen.server.ticket.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketTest;
import dev.evergreen.server.ticket.search.TicketSearch;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Tickets found by the team's own fields and by whole tags.
class OwnFieldsInViewsTest extends TicketTest {
  @Autowired OwnFields definitions;
  @Autowired TicketFields fields;
  @Autowired Tags tags;
  @Autowired ViewPages pages;
  @Autowired Views views;
  @Autowired Looks looks;
  @Autowired TicketSearch search;

  private Agent ines;
  private TicketId tent;
  private TicketId boots;

  @BeforeEach
  void furnish() {
    define("line_of", FieldKind.CHOICE, List.of("Tents", "Boots"), null);
    define("weight_kg", FieldKind.NUMBER, List.of(), null);
    define("goodwill_of", FieldKind.MONEY, List.of(), "EUR");
    define("bought_on", FieldKind.DATE, List.of(), null);
    define("insured", FieldKind.FLAG, List.of(), null);
    define("serial", FieldKind.TEXT, List.of(), null);
    ines = agent(Role.AGENT);
    tent = open(customer(), "Tent", "It leaks").id();
    boots = open(customer(), "Boots", "They are wet").id();
    set(tent, "line_of", "Tents");
    set(boots, "line_of", "Boots");
    set(tent, "weight_kg", "2.5");
    set(tent, "goodwill_of", "20");
    set(tent, "bought_on", "2026-03-01");
    set(tent, "insured", "true");
    set(boots, "insured", "false");
    set(tent, "serial", "RX-100%-7");
  }

  @Test
  void conditions_ask_for_every_kind_of_field() {
    assertThat(found("line_of", Operator.IS, "Tents")).containsExactly(tent);
    assertThat(found("line_of", Operator.IS, "Tents", "Boots"))
        .containsExactlyInAnyOrder(tent, boots);
    assertThat(found("weight_kg", Operator.AT_LEAST, "2.4")).containsExactly(tent);
    assertThat(found("weight_kg", Operator.AT_LEAST, "2.6")).isEmpty();
    assertThat(found("weight_kg", Operator.EMPTY)).containsExactly(boots);
    assertThat(found("goodwill_of", Operator.IS, "20.00")).containsExactly(tent);
    assertThat(found("bought_on", Operator.BEFORE, "2026-03-02")).containsExactly(tent);
    assertThat(found("bought_on", Operator.AFTER, "2026-03-02")).isEmpty();
    assertThat(found("insured", Operator.IS, "no")).containsExactly(boots);
    assertThat(found("serial", Operator.CONTAINS, "100%")).containsExactly(tent);
    assertThat(found("serial", Operator.CONTAINS, "10_%")).isEmpty();
  }

  @Test
  void a_stored_condition_asks_the_same_again_and_a_forged_one_nothing() {
    var comparison = comparison("weight_kg", Operator.AT_MOST, "3");
    assertThat(Conditions.problem(comparison)).isEmpty();
    assertThat(Conditions.read(Conditions.write(comparison)).comparisons())
        .singleElement()
        .satisfies(one -> assertThat(one.field().sql()).isEqualTo(comparison.field().sql()));

    assertThat(Conditions.problem(comparison("weight_kg", Operator.AT_MOST, "heavy"))).isPresent();
    assertThat(Conditions.problem(comparison("bought_on", Operator.IS, "soon"))).isPresent();
    for (var key :
        List.of(
            "own-text-a') or true --", "own-text-A", "own-sql-a", "own-text-", "own-text-a b")) {
      assertThat(Fields.withKey(key)).as(key).isEmpty();
    }
  }

  @Test
  void a_search_asks_by_the_key_of_the_field() {
    assertThat(searched("line_of:tents")).contains(tent).doesNotContain(boots);
    assertThat(searched("-insured:yes insured:no")).contains(boots).doesNotContain(tent);
    assertThat(searched("serial:rx-100")).contains(tent);
    assertThat(searched("weight_kg:2,5")).contains(tent).doesNotContain(boots);
    assertThat(search.find("line_of:cars", "", 10, from())).isInstanceOf(Outcome.Rejected.class);
    assertThat(search.find("weight_kg:heavy", "", 10, from())).isInstanceOf(Outcome.Rejected.class);
    assertThat(search.find("no_such_field:1", "", 10, from())).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void a_tag_is_compared_as_a_whole_and_follows_the_one_that_it_went_into() {
    var word = "sole" + tent.value();
    tags.add(tent, word, ines.actor()).expected();
    tags.add(boots, word + "s", ines.actor()).expected();

    assertThat(searched("tag:" + word)).containsExactly(tent);
    assertThat(searched("tag:" + word.substring(0, 4))).isEmpty();

    long id = tags.beginning(word + "s", 1).getFirst().id();
    tags.rename(id, word, ines.actor()).expected();
    assertThat(searched("tag:" + word)).containsExactlyInAnyOrder(tent, boots);
    assertThat(searched("tag:" + word + "s")).containsExactlyInAnyOrder(tent, boots);
  }

  @Test
  void every_own_field_is_a_column_and_an_order_whose_pages_follow_one_another() {
    var third = open(customer(), "Lamp", "It is dark").id();
    var fourth = open(customer(), "Stove", "It is cold").id();
    set(third, "weight_kg", "10");
    set(fourth, "serial", "RX_2 Ü");
    set(third, "bought_on", "2025-12-31");
    var mine = List.of(tent, boots, third, fourth);
    var only =
        Condition.is("customer_id", mine.stream().map(this::customerOf).toArray(String[]::new));
    var columns = looks.columns().stream().filter(column -> column instanceof Column.Own).toList();
    assertThat(columns).hasSizeGreaterThanOrEqualTo(6);
    for (var order : looks.orders()) {
      for (boolean down : List.of(true, false)) {
        for (var grouping : looks.groupings()) {
          var terms = new Terms(only, order, down, grouping, columns);
          var as = "%s %s by %s".formatted(order.key(), down, grouping.key());
          assertThat(read(terms)).as(as).containsExactlyInAnyOrderElementsOf(mine);
        }
      }
    }
    assertThat(read(ordered(only, "own-number-weight_kg", true))).startsWith(third, tent);
    assertThat(read(ordered(only, "own-number-weight_kg", false))).startsWith(tent, third);
    assertThat(read(ordered(only, "own-date-bought_on", false))).startsWith(third, tent);
    assertThat(read(ordered(only, "own-choice-line_of", true))).startsWith(tent, boots);
    assertThat(read(ordered(only, "own-text-serial", false))).startsWith(tent, fourth);

    var row =
        pages
            .page(
                new Terms(
                    Condition.is("customer_id", customerOf(tent)),
                    Order.Usual.UPDATED,
                    true,
                    looks.grouping("own-choice-line_of").orElseThrow(),
                    looks.columns(List.of("own-money-goodwill_of", "own-flag-insured", "number"))),
                null,
                5,
                from())
            .rows()
            .getFirst();
    assertThat(row.group()).isEqualTo("Tents");
    assertThat(row.own()).containsExactly("20", "yes");
  }

  @Test
  void a_view_keeps_its_own_fields_and_a_forged_place_is_none() {
    var terms =
        new Terms(
            Condition.everything(),
            looks.order("own-number-weight_kg").orElseThrow(),
            false,
            looks.grouping("own-choice-line_of").orElseThrow(),
            looks.columns(List.of("status", "own-text-serial")));
    var view = views.make("By weight", new Audience.Own(ines.id()), terms, ines).expected();
    assertThat(views.get(view.key(), ines).orElseThrow().terms()).isEqualTo(terms);
    assertThat(looks.order("own-number-nothing")).isEmpty();
    assertThat(looks.grouping("own-number-weight_kg")).isEmpty();

    for (var place : List.of("x", "1; drop", "NaN", "31e4", "")) {
      var written = Order.Own.written(place) + "_1_";
      assertThat(ViewPage.Cursor.of(written, terms.order())).as(place).isEmpty();
    }
    assertThat(ViewPage.Cursor.of("12_1_", terms.order())).isEmpty();
    assertThat(ViewPage.Cursor.of("zz_1_", terms.order())).isEmpty();
  }

  private Terms ordered(Condition only, String order, boolean down) {
    return Terms.of(only).ordered(looks.order(order).orElseThrow(), down);
  }

  private String customerOf(TicketId id) {
    return "" + ticket(id).customer().value();
  }

  /// All pages of one row each.
  private List<TicketId> read(Terms terms) {
    var read = new ArrayList<TicketId>();
    var cursor = "";
    do {
      var after = ViewPage.Cursor.of(cursor, terms.order());
      assertThat(after.isPresent()).as(cursor).isEqualTo(!cursor.isEmpty());
      var page = pages.page(terms, after.orElse(null), 1, from());
      page.rows().forEach(row -> read.add(row.ticket().id()));
      cursor = page.next() == null ? "" : page.next().toString();
    } while (!cursor.isEmpty());
    return read;
  }

  private void define(String key, FieldKind kind, List<String> options, @Nullable String currency) {
    if (definitions.withKey(TicketFields.ABOUT, key).isEmpty()) {
      definitions
          .add(
              TicketFields.ABOUT,
              new OwnField.Naming(key, key.replace('_', ' '), ""),
              new OwnField.Shape(kind, options, List.of(), currency, null),
              new OwnField.Use(OwnField.Required.NEVER, List.of(), false, 0),
              agent(Role.ADMINISTRATOR).actor())
          .expected();
    }
  }

  private void set(TicketId id, String key, String typed) {
    var _ = fields.set(id, key, typed, ines.actor()).expected();
  }

  private Condition.Comparison comparison(String key, Operator operator, String... values) {
    var own = definitions.withKey(TicketFields.ABOUT, key).orElseThrow();
    return new Condition.Comparison(Fields.of(own), operator, List.of(values));
  }

  /// Of the two tickets of this test.
  private List<TicketId> found(String key, Operator operator, String... values) {
    var both = Set.of(tent, boots);
    return pages
        .numbers(Terms.of(comparison(key, operator, values)), 10_000, from())
        .keySet()
        .stream()
        .filter(both::contains)
        .toList();
  }

  private List<TicketId> searched(String typed) {
    var both = Set.of(tent, boots);
    return search.find(typed, "", 500, from()).expected().hits().stream()
        .map(hit -> hit.ticket().id())
        .filter(both::contains)
        .toList();
  }

  private Viewpoint from() {
    return new Viewpoint(ines, clock.instant(), ZoneOffset.UTC);
  }
}
