package dev.evergreen.server.transfer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.search.TicketSearch;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.transfer.vendor.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Exports of other programs, as their vendors say that they look (imports/README.md), come over
/// whole, once, and in silence.
class ImportTest extends WebTest {
  @Autowired Takeover takeover;
  @Autowired OwnFields definitions;
  @Autowired Sources sources;
  @Autowired Tickets tickets;
  @Autowired TicketSearch search;
  @Autowired JdbcClient jdbc;
  @Autowired Files files;
  @Autowired Work work;
  @Autowired dev.evergreen.server.platform.DatabaseClock clock;

  @Test
  void a_zendesk_export_comes_with_words_notes_times_and_authors() throws IOException {
    var run = imported("zendesk-a", Map.of(), "zendesk-export.jsonl");

    assertThat(run.tally().numbers().taken()).isEqualTo(2);
    var ticket = ticket("zendesk-a", "4711");
    assertThat(ticket.subject()).isEqualTo("Stove does not light");
    assertThat(ticket.state().status()).isEqualTo(Status.CLOSED);
    assertThat(ticket.state().priority()).isEqualTo(Priority.HIGH);
    assertThat(ticket.state().sorted().type()).isEqualTo(TicketType.INCIDENT);
    assertThat(ticket.moments().openedAt()).isEqualTo("2024-03-04T08:15:00Z");
    assertThat(ticket.moments().closedAt()).isEqualTo("2024-03-06T10:00:00Z");
    assertThat(ticket.moments().answeredAt()).isEqualTo("2024-03-04T09:05:00Z");
    var conversation = tickets.visibleTo(ines()).conversation(ticket);
    assertThat(conversation.messages())
        .extracting(message -> message.author().name())
        .containsExactly("Nora Zend", "Old Hand", "Nora Zend");
    assertThat(conversation.messages())
        .extracting(Message::incoming)
        .containsExactly(true, false, true);
    assertThat(conversation.messages().getFirst().body().html())
        .contains("<b>clicks</b>")
        .doesNotContain("script");
    assertThat(conversation.notes())
        .singleElement()
        .satisfies(note -> {
          assertThat(note.author()).isEqualTo("Old Hand");
          assertThat(note.text()).isEqualTo("Gas valve of the 2023 batch?");
        });
    assertThat(conversation.entries())
        .extracting(Ledger.Entry::kind)
        .containsExactly(
            "ticket.opened",
            "ticket.note-added",
            "ticket.agent-replied",
            "ticket.customer-replied",
            "ticket.closed",
            "ticket.imported");
    assertThat(conversation.entries().get(1).at()).isEqualTo("2024-03-04T09:00:00Z");
    assertThat(ticket("zendesk-a", "4712").state().status()).isEqualTo(Status.ON_HOLD);
    assertThat(ticket("zendesk-a", "4712").origin().channel()).isEqualTo("phone");
    assertThat(found(run))
        .contains("the content of the file stove.txt")
        .contains("JSON; the file was read up to here")
        .contains("an agent here with the address of whoever has it");
  }

  @Test
  void pages_of_zendesks_incremental_api_are_put_together() throws IOException {
    imported("zendesk-b", Map.of(), "zendesk-incremental.json");

    var ticket = ticket("zendesk-b", "5001");
    assertThat(ticket.state().status()).isEqualTo(Status.SOLVED);
    assertThat(ticket.assignment().agent()).isEqualTo(ines().id());
    var messages = tickets.visibleTo(ines()).conversation(ticket).messages();
    assertThat(messages)
        .extracting(message -> message.body().text())
        .containsExactly("It should have come last week.", "It was delivered to your neighbor.");
    assertThat(messages.getLast().author()).isEqualTo(Actor.agent(ines().id().value(), "Ines"));
    assertThat(
            jdbc.sql(
                    """
                    select organization.name
                    from customer_address
                    join customer on customer.id = customer_address.customer
                    join organization on organization.id = customer.organization
                    where address = 'paula@page.example'
                    """)
                .query((row, _) -> row.getString(1))
                .single())
        .isEqualTo("Page & Sons");
  }

  @Test
  void own_fields_of_people_and_companies_are_filled_where_they_say_nothing_yet()
      throws IOException {
    define("customer", "import_tier", FieldKind.TEXT);
    define("organization", "import_seats", FieldKind.NUMBER);
    imported("zendesk-fields", Map.of(), "zendesk-incremental.json");
    imported("csv-fields", Map.of(), "tickets.csv");

    assertThat(fieldsOf("paula@page.example")).isEqualTo("{\"import_tier\": \"Gold\"}");
    assertThat(
            jdbc.sql("select fields::text from organization where name = 'Page & Sons'")
                .query((row, _) -> row.getString(1))
                .single())
        .isEqualTo("{\"import_seats\": 12}");
    assertThat(fieldsOf("carla@sheet.example")).isEqualTo("{\"import_tier\": \"Silver\"}");

    jdbc.sql("update customer set fields = '{\"import_tier\": \"Ours\"}' where name = 'Paula Page'")
        .update();
    imported("zendesk-fields-again", Map.of(), "zendesk-incremental.json");
    assertThat(fieldsOf("paula@page.example")).isEqualTo("{\"import_tier\": \"Ours\"}");
  }

  private void define(String about, String key, FieldKind kind) {
    if (definitions.withKey(about, key).isEmpty()) {
      var _ =
          definitions
              .add(
                  about,
                  new OwnField.Naming(key, key, ""),
                  new OwnField.Shape(kind, List.of(), List.of(), null, null),
                  new OwnField.Use(OwnField.Required.NEVER, List.of(), false, 0),
                  ines().actor())
              .expected();
    }
  }

  private String fieldsOf(String address) {
    return jdbc.sql(
            """
            select customer.fields::text
            from customer_address
            join customer on customer.id = customer_address.customer
            where address = :address
            """)
        .param("address", address)
        .query((row, _) -> row.getString(1))
        .single();
  }

  @Test
  void zammads_articles_become_messages_and_notes_with_their_files() throws IOException {
    imported("zammad-a", Map.of(), "zammad.json");

    var ticket = ticket("zammad-a", "21");
    assertThat(ticket.state().status()).isEqualTo(Status.PENDING);
    assertThat(ticket.state().priority()).isEqualTo(Priority.HIGH);
    var conversation = tickets.visibleTo(ines()).conversation(ticket);
    var first = conversation.messages().getFirst();
    assertThat(first.body().text()).isEqualTo("Ich habe keine Rechnung bekommen.");
    assertThat(first.body().attachments())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.name()).isEqualTo("bestellung.txt");
          assertThat(new String(files.open(file.file()).readAllBytes(), StandardCharsets.UTF_8))
              .isEqualTo("Bestellung");
        });
    assertThat(conversation.notes()).hasSize(1);
    assertThat(ticket("zammad-a", "22").state().status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void freshdesks_export_and_api_come_in_one_go() throws IOException {
    imported(
        "freshdesk-a",
        Map.of("type:Refund", "request"),
        "freshdesk-export.json",
        "freshdesk-api.json");

    var ticket = ticket("freshdesk-a", "301");
    assertThat(ticket.state().status()).isEqualTo(Status.SOLVED);
    assertThat(ticket.state().sorted().type()).isEqualTo(TicketType.REQUEST);
    assertThat(ticket.moments().openedAt()).isEqualTo("2024-06-01T08:00:00Z");
    var conversation = tickets.visibleTo(ines()).conversation(ticket);
    assertThat(conversation.messages())
        .extracting(message -> message.body().text())
        .containsExactly("Please exchange them.", "Which size do you need?", "43 please");
    assertThat(conversation.notes()).hasSize(1);
    assertThat(ticket("freshdesk-a", "302").state().priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void the_tables_of_osticket_are_joined() throws IOException {
    imported("osticket-a", Map.of(), "osticket.json");

    var ticket = ticket("osticket-a", "12");
    assertThat(ticket.subject()).isEqualTo("Rope frayed");
    assertThat(ticket.state().priority()).isEqualTo(Priority.URGENT);
    assertThat(ticket.state().category()).isEqualTo("product");
    assertThat(ticket.origin().channel()).isEqualTo("phone");
    assertThat(ticket.isArchived()).isTrue();
    var conversation = tickets.visibleTo(ines()).conversation(ticket);
    assertThat(conversation.messages())
        .extracting(message -> message.body().text())
        .containsExactly("After two days it is frayed.", "We send a new one.");
    var file = conversation.messages().getFirst().body().attachments().getFirst();
    assertThat(new String(files.open(file.file()).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("frayed rope");
  }

  @Test
  void mails_that_answer_each_other_are_one_ticket() throws IOException {
    imported("mbox-a", Map.of(), "mailbox.mbox");

    var ticket = ticket("mbox-a", "one@box.example");
    assertThat(ticket.subject()).isEqualTo("Zipper broke");
    var messages = tickets.visibleTo(ines()).conversation(ticket).messages();
    assertThat(messages).extracting(Message::incoming).containsExactly(true, false);
    assertThat(messages.getFirst().body().text()).contains("\nFrom the start it was stiff.");
    assertThat(messages.getLast().body().news()).isEqualTo("We send a new jacket.");
    var file = messages.getFirst().body().attachments().getFirst();
    assertThat(new String(files.open(file.file()).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("broken");
    assertThat(ticket("mbox-a", "three@box.example").subject()).isEqualTo("Lamp");
  }

  @Test
  void a_table_is_read_by_its_headings() throws IOException {
    var run = imported("csv-a", Map.of("field:Shoe size", "-"), "tickets.csv");

    var ticket = ticket("csv-a", "A-1");
    assertThat(ticket.subject()).isEqualTo("Laces; again");
    assertThat(ticket.state().status()).isEqualTo(Status.PENDING);
    assertThat(tickets.visibleTo(ines()).conversation(ticket).messages())
        .extracting(message -> message.body().text())
        .containsExactly("They tore.\nAgain.", "Send a photo, please.");
    assertThat(found(run)).contains("tickets.csv row 3: expected a time such as 2026-03-31 14:05");
  }

  @Test
  void the_same_export_again_takes_nothing_twice() throws IOException {
    imported("again", Map.of(), "zammad.json");
    long before = count("select count(*) from message");

    var numbers = imported("again", Map.of(), "zammad.json").tally().numbers();

    assertThat(numbers.taken()).isZero();
    assertThat(numbers.known()).isEqualTo(2);
    assertThat(count("select count(*) from message")).isEqualTo(before);
  }

  @Test
  void a_dry_run_tells_what_words_become_and_writes_nothing() throws IOException {
    long before = count("select count(*) from ticket");

    var run = run("dry", Map.of(), true, "zammad.json");

    assertThat(run.tally().numbers().taken()).isEqualTo(2);
    assertThat(count("select count(*) from ticket")).isEqualTo(before);
    assertThat(count("select count(*) from imported_ticket where source = 'dry'")).isZero();
    assertThat(run.mapping().meanings())
        .contains(
            new Mapping.Meaning(Aspect.STATUS, "pending reminder", "pending", true, 1),
            new Mapping.Meaning(Aspect.FIELD, "order_number", "", false, 1));
  }

  @Test
  void nobody_hears_of_it() throws IOException {
    work.settle(java.time.Duration.ofSeconds(20));
    long runs = count("select count(*) from run");
    long letters = count("select count(*) from outbox");
    long told = count("select count(*) from notification");

    imported("silent", Map.of(), "zammad.json");
    work.settle(java.time.Duration.ofSeconds(20));

    assertThat(count("select count(*) from run")).isEqualTo(runs);
    assertThat(count("select count(*) from outbox")).isEqualTo(letters);
    assertThat(count("select count(*) from notification")).isEqualTo(told);
  }

  @Test
  void search_finds_what_was_taken_over() throws IOException {
    imported("searched", Map.of(), "zammad.json");

    var found =
        search
            .find("Buchhaltung", "", 10, new Viewpoint(ines(), clock.instant(), ZoneOffset.UTC))
            .expected();

    assertThat(found.hits())
        .extracting(hit -> hit.ticket().id())
        .contains(ticket("searched", "21").id());
  }

  @Test
  void its_page_shows_the_past_and_goes_on_from_there() throws IOException {
    imported("shown", Map.of(), "zammad.json");
    var number = ticket("shown", "21").id().value();
    var visitor = signedIn(ines());

    var page = visitor.get("/tickets/" + number).body();

    assertThat(page)
        .contains("Ich habe keine Rechnung bekommen.")
        .contains("Buchhaltung fragen")
        .contains("took it over from shown, where it was #31021");
  }

  @Test
  void the_page_of_a_ticket_names_agents_who_are_not_here() throws IOException {
    imported("strangers", Map.of(), "zendesk-export.jsonl");
    var number = ticket("strangers", "4711").id().value();

    var page = signedIn(ines()).get("/tickets/" + number);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Old Hand").contains("Please send us the serial number.");
  }

  @Test
  void what_an_export_is_is_told_by_its_beginning() throws IOException {
    assertThat(guessed("zendesk-export.jsonl")).isEqualTo(Format.ZENDESK);
    assertThat(guessed("zendesk-incremental.json")).isEqualTo(Format.ZENDESK);
    assertThat(guessed("zammad.json")).isEqualTo(Format.ZAMMAD);
    assertThat(guessed("freshdesk-export.json")).isEqualTo(Format.FRESHDESK);
    assertThat(guessed("freshdesk-api.json")).isEqualTo(Format.FRESHDESK);
    assertThat(guessed("osticket.json")).isEqualTo(Format.OSTICKET);
    assertThat(guessed("mailbox.mbox")).isEqualTo(Format.MBOX);
    assertThat(guessed("tickets.csv")).isEqualTo(Format.CSV);
  }

  private Format guessed(String file) throws IOException {
    try (var bundle = bundle(file)) {
      return sources.guess(bundle).orElseThrow();
    }
  }

  private Takeover.Run imported(String source, Map<String, String> chosen, String... names)
      throws IOException {
    return run(source, chosen, false, names);
  }

  private Takeover.Run run(String source, Map<String, String> chosen, boolean dry, String... names)
      throws IOException {
    try (var bundle = bundle(names)) {
      var run = takeover.prepare(new Takeover.Order(source, source, chosen, dry, ines().actor()));
      try (var opened = sources.open(bundle, sources.guess(bundle).orElseThrow())) {
        run.read(opened, Batches.After.NOTHING);
      }
      return run;
    }
  }

  private static Bundle bundle(String... names) throws IOException {
    return Bundle.of(
        Arrays.stream(names).map(name -> Path.of("src/test/resources/imports", name)).toList());
  }

  private Ticket ticket(String source, String id) {
    var number = requireNonNull(takeover.taken(source, id), source + " " + id);
    return tickets.withId(number).orElseThrow();
  }

  private static String found(Takeover.Run run) {
    return String.join("\n", run.tally().findings().stream().map(Finding::toString).toList());
  }

  private long count(String sql) {
    return jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
