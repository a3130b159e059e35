package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.Envelope;
import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.customer.Consents;
import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Identity.Kind;
import dev.evergreen.server.platform.AuditCheck;
import dev.evergreen.server.platform.DataExport;
import dev.evergreen.server.platform.DataMap;
import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.retention.Retention;
import dev.evergreen.server.workflow.Replays;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is kept about a person is known, given out and erased, wherever it is.
class PrivacyWebTest extends WebTest {
  @Autowired MailIntake intake;
  @Autowired OwnAddresses own;
  @Autowired Correspondence correspondence;
  @Autowired Customers customers;
  @Autowired Identities identities;
  @Autowired Consents consents;
  @Autowired Tickets tickets;
  @Autowired Settlements settlements;
  @Autowired Retention retention;
  @Autowired Erasures erasures;
  @Autowired OwnFields definitions;
  @Autowired CustomerFields fields;
  @Autowired DataMap map;
  @Autowired DataExport export;
  @Autowired AuditCheck audit;
  @Autowired Replays replays;
  @Autowired DatabaseClock clock;
  @Autowired Work work;
  @Autowired JdbcClient database;

  @Test
  void every_table_says_what_it_holds_about_people() {
    var tables =
        database
            .sql(
                """
                select table_name from information_schema.tables
                where table_schema = current_schema() and table_type = 'BASE TABLE'
                """)
            .query((row, _) -> row.getString("table_name"))
            .list()
            .stream()
            .map(name -> name.replaceFirst("_\\d{4}_\\d{2}$", ""))
            .filter(name -> !name.startsWith("flyway_schema_history"))
            .distinct()
            .toList();

    assertThat(map.tables()).extracting(DataTable::table).doesNotHaveDuplicates();
    assertThat(map.tables())
        .extracting(DataTable::table)
        .as("tables of the data map: a new one says in its module's PersonalData what it holds")
        .containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void every_row_is_found_by_an_index() {
    database.sql("set enable_seqscan = off").update();
    try {
      for (var table : map.tables()) {
        for (Rows rows : table.rows()) {
          var plan =
              database
                  .sql("explain select * from " + table.table() + " where " + rows.condition())
                  .params(Map.of("kind", "ticket", "id", 1L, "names", new String[] {"ada@x.org"}))
                  .query(String.class)
                  .list();
          assertThat(plan).as(table.table()).noneMatch(line -> line.contains("Seq Scan"));
        }
      }
    } finally {
      database.sql("reset enable_seqscan").update();
    }
  }

  @Test
  void who_is_erased_leaves_nothing_but_a_receipt() throws IOException {
    var canary = "quixotl" + number();
    var ines = somebody("Ines Berg", Role.LEAD);
    var visitor = signedIn(ines);
    var customer = furnish(canary, ines);
    assertThat(places(canary))
        .contains("message", "note", "arrival", "outbox", "ticket", "customer", "ledger", "file");
    var tables = lines(customer, canary);
    assertThat(tables).contains("message", "note", "customer_address", "consent", "arrival");

    visitor.get("/customers/" + customer.value() + "/erasure");
    var refused =
        visitor.post("/customers/" + customer.value() + "/erasure", Map.of("name", "somebody"));
    assertThat(refused.statusCode()).isEqualTo(422);
    var receipt =
        there(
            visitor.post(
                "/customers/" + customer.value() + "/erasure", Map.of("name", canary + " Weber")));
    settle();

    assertThat(places(canary)).isEmpty();
    var page = visitor.get(receipt.replaceFirst("^https?://[^/]+", ""));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Erased", "message", "sealed").doesNotContain(canary);
    assertThat(visitor.get("/customers/" + customer.value()).body())
        .contains("was erased")
        .doesNotContain(canary);
    assertThat(visitor.get("/customers?q=" + canary).body()).contains("Nobody begins");
    assertThat(audit.run()).isInstanceOf(AuditCheck.Result.Whole.class);
    assertThat(replays.replayAll().differences()).isEmpty();
  }

  @Test
  void an_erased_person_who_writes_again_is_somebody_new() throws IOException {
    var address = "again" + number() + "@gmail.com";
    mail(address, "Kim Again", "First", "One.");
    var before = customers.recognize(address, null).id();

    erasures
        .begin(before.subject(), Erasures.Cause.ASKED, somebody("Ada", Role.LEAD).actor())
        .expected();
    settle();
    mail(address, "Kim Again", "Second", "Two.");

    assertThat(customers.recognize(address, null).id()).isNotEqualTo(before);
  }

  @Test
  void a_rule_of_retention_takes_what_was_said_and_leaves_the_figures() throws IOException {
    var admin = somebody("Ada", Role.ADMINISTRATOR);
    var category = "kept" + number();
    var ticket = mail("old" + number() + "@gmail.com", "Old One", "Long ago", "Said long ago.");
    database
        .sql("update ticket set category = :category where id = :id")
        .param("category", category)
        .param("id", ticket.value())
        .update();
    var _ = settlements.close(ticket, "resolved", null, admin.actor()).expected();
    settle();
    var visitor = signedIn(admin);
    visitor.get("/settings/retention");
    assertThat(
            there(visitor.post("/settings/retention", Map.of("months", "1", "category", category))))
        .endsWith("/settings/retention");
    assertThat(visitor.get("/settings/retention").body()).contains("takes nothing now");

    database
        .sql("update ticket set closed_at = closed_at - interval '40 days' where id = :id")
        .param("id", ticket.value())
        .update();
    assertThat(visitor.get("/settings/retention").body()).contains("takes 1 ticket now");
    database
        .sql("update due set at = now() - interval '1 second' where kind = 'ticket.retention'")
        .update();
    settle();

    var kept = tickets.withId(ticket).orElseThrow();
    assertThat(kept.subject()).isEqualTo("Erased");
    assertThat(kept.state().status()).isEqualTo(Status.CLOSED);
    assertThat(kept.state().outcome()).isEqualTo("resolved");
    assertThat(kept.state().category()).isEqualTo(category);
    assertThat(places("Said long ago")).isEmpty();
    assertThat(visitor.get("/settings/privacy").body()).contains("retention-rule:");
  }

  private CustomerId furnish(String canary, Agent ines) throws IOException {
    var address = canary + "@" + canary + ".example";
    var ticket = mail(address, canary + " Weber", canary + " tent", "My " + canary + " leaks.");
    var customer = tickets.withId(ticket).orElseThrow().customer();
    var _ = correspondence.reply(ticket, new Reply("Dear " + canary + ", sorry.", List.of()), ines);
    signedIn(ines)
        .post(
            "/tickets/" + ticket.value() + "/entries",
            Map.of("kind", "note", "text", canary + " called, too.", "completes", ""));
    database
        .sql(
            """
            insert into note (ticket_id, revision, agent_id, text, at)
            values (:ticket, 999, :agent, :text, now())
            """)
        .param("ticket", ticket.value())
        .param("agent", ines.id().value())
        .param("text", "a note about " + canary)
        .update();
    var revision = customers.profile(customer).orElseThrow().revision();
    var _ = customers.describe(customer, "likes " + canary, revision, ines.actor()).expected();
    for (var value : List.of(canary + " is one", canary + " is another")) {
      set(customer, value, ines);
    }
    var _ = identities.add(customer, Kind.HANDLE, "mastodon:" + canary, ines.actor()).expected();
    var _ = identities.add(customer, Kind.ADDRESS, canary + "@gmail.com", ines.actor()).expected();
    var _ =
        consents.tell(customer, "news " + canary, true, "by " + canary, ines.actor()).expected();
    settle();
    return customer;
  }

  private void set(CustomerId customer, String value, Agent ines) {
    if (definitions.withKey("customer", "told_us").isEmpty()) {
      var _ =
          definitions
              .add(
                  "customer",
                  new OwnField.Naming("told_us", "Told us", ""),
                  new OwnField.Shape(FieldKind.TEXT, List.of(), List.of(), null, null),
                  new OwnField.Use(OwnField.Required.NEVER, List.of(), false, 0),
                  ines.actor())
              .expected();
    }
    var _ =
        fields
            .set(CustomerFields.Holder.CUSTOMER, customer.value(), "told_us", value, ines.actor())
            .expected();
  }

  private TicketId mail(String from, String name, String subject, String text) throws IOException {
    var raw =
        """
        From: "%s" <%s>
        To: %s
        Subject: %s
        Message-ID: <%d.%s>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        %s
        --b
        Content-Type: text/plain; name="%s.txt"
        Content-Disposition: attachment; filename="%s.txt"

        Attached by %s
        --b--
        """
            .formatted(name, from, own.support(), subject, number(), from, text, from, from, from)
            .replace("\n", "\r\n");
    var _ =
        intake.accept(
            new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)),
            Envelope.delivered(from, List.of(own.support().toString())));
    settle();
    return database
        .sql(
            """
            select max(ticket.id) as id from ticket
            join customer_address on customer_address.customer = ticket.customer_id
            where customer_address.address = :address
            """)
        .param("address", from)
        .query((row, _) -> new TicketId(row.getLong("id")))
        .single();
  }

  private void settle() {
    while (intake.readWaiting() > 0) {
      assertThat(work.settle(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(work.settle(Duration.ofSeconds(60))).isTrue();
  }

  /// Every table in which a word stands, in any column, and `file` for the content of files.
  private List<String> places(String word) {
    var found = new ArrayList<String>();
    for (var table : map.tables()) {
      var count =
          database
              .sql(
                  "select count(*) from %1$s where to_jsonb(%1$s)::text ilike :word"
                      .formatted(table.table()))
              .param("word", "%" + word + "%")
              .query(Long.class)
              .single();
      if (count > 0) {
        found.add(table.table());
      }
    }
    var files =
        database
            .sql("select count(*) from file_chunk where position(:word in content) > 0")
            .param("word", word.getBytes(StandardCharsets.UTF_8))
            .query(Long.class)
            .single();
    if (files > 0) {
      found.add("file");
    }
    return found;
  }

  /// The tables of an export's lines with this word.
  private List<String> lines(CustomerId customer, String word) throws IOException {
    var out = new ByteArrayOutputStream();
    export.write(customer.subject(), out);
    var entries = new HashMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(entries).hasSizeGreaterThan(1);
    assertThat(entries.entrySet())
        .filteredOn(entry -> entry.getKey().startsWith("files/"))
        .anyMatch(entry -> entry.getValue().contains("Attached by " + word));
    return entries
        .getOrDefault("data.jsonl", "")
        .lines()
        .filter(line -> line.contains(word))
        .map(line -> line.replaceFirst(".*?\"table\":\"([a-z_]+)\".*", "$1"))
        .distinct()
        .toList();
  }
}
