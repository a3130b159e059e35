package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.SettingsAudit;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whoever changes a setting, on whichever page, stands in the audit log with what it was before.
class SettingsAuditWebTest extends WebTest {
  @Autowired SettingsAudit audit;
  @Autowired JdbcClient database;

  @SuppressWarnings("NullAway.Init")
  private Agent ada;

  @SuppressWarnings("NullAway.Init")
  private Visitor visitor;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada", Role.ADMINISTRATOR);
    visitor = signedIn(ada);
    visitor.get("/settings");
  }

  @Test
  void each_page_of_settings_writes_what_becomes_of_them() {
    var name = "audited" + number();
    var forms = new LinkedHashMap<String, Map<String, String>>();
    forms.put("/settings/canned-responses", Map.of("name", name, "text", "Hello"));
    forms.put("/settings/macros", Map.of("name", name, "text", "Hello", "scope", "own"));
    forms.put(
        "/settings/tickets/statuses", Map.of("category", "OPEN", "name", name, "color", "blue"));
    forms.put("/settings/tickets/categories", Map.of("key", name, "name", name));
    forms.put("/settings/customers/levels", Map.of("key", name, "name", name, "rank", "7"));
    forms.put("/settings/customers/segments", Map.of("key", name, "name", name));
    forms.put(
        "/settings/tickets/fields",
        Map.of("key", name, "label", name, "kind", "TEXT", "required", "NEVER", "position", "0"));
    forms.put("/settings/mailboxes/support-address", Map.of("address", name + "@ridge.example"));
    forms.put("/settings/sending", Map.of("seconds", "5"));
    forms.put(
        "/settings/webhooks",
        Map.of("name", name, "url", "https://shop.example/", "kinds", "ticket.opened"));

    forms.forEach((path, form) -> {
      long before = entries();
      var answer = visitor.post(path, form);
      assertThat(answer.statusCode()).as(path + " " + answer.body()).isIn(302, 303);
      assertThat(entries()).as(path).isEqualTo(before + 1);
    });

    var log = visitor.get("/settings/audit?about=setting&who=" + ada.id().value()).body();
    assertThat(log)
        .contains(
            "added the canned response",
            "added the macro",
            "added the status",
            "added the category or outcome category, " + name,
            "added the segment",
            "added the own field ticket, " + name,
            "setting mail.support-address",
            "added the preference about sending",
            "added the webhook",
            "name: “" + name + "”");
    visitor.post("/settings/mailboxes/support-address", Map.of("address", "help@ridge.example"));
    assertThat(visitor.get("/settings/audit?about=setting").body())
        .contains("value: “" + name + "@ridge.example” → “help@ridge.example”");
  }

  @Test
  void what_is_refused_or_stays_as_it_was_writes_nothing_and_secrets_never_show() {
    long before = entries();
    assertThat(
            visitor.post("/settings/canned-responses", Map.of("name", "", "text", "")).statusCode())
        .isEqualTo(422);
    database
        .sql(
            """
            insert into mailbox (
              address, host, port, security, username, password, active, created_at)
            values (:name, 'localhost', 1, 'none', 'a', convert_to('open sesame', 'UTF8'), false, now())
            """)
        .param("name", "secret" + number() + "@ridge.example")
        .update();
    assertThat(entries()).isEqualTo(before);

    long id = database.sql("select max(id) from mailbox").query(Long.class).single();
    visitor.post("/settings/mailboxes/" + id + "/removal", Map.of());
    assertThat(entries()).isEqualTo(before + 1);

    assertThat(visitor.get("/settings/audit").body())
        .contains("removed the mailbox " + id)
        .doesNotContain("password:", "sesame", "\\x6f70656e");
  }

  @Test
  void a_node_that_is_lost_in_between_leaves_nothing_out_and_two_keep_their_own() {
    long before = entries();
    long lost = audit.begin(ada.actor());
    var name = "lost" + number();
    database
        .sql("insert into canned_response (name, text) values (:name, 'Hello')")
        .param("name", name)
        .update();
    long other = audit.begin(somebody("Ines", Role.LEAD).actor());
    audit.end(other);
    assertThat(entries()).as("what another does is not hers").isEqualTo(before);
    database
        .sql("update settings_change set begun_at = now() - interval '2 minutes' where id = :id")
        .param("id", lost)
        .update();

    audit.end(audit.begin(somebody("Pavel", Role.LEAD).actor()));

    assertThat(entries()).isEqualTo(before + 1);
    assertThat(visitor.get("/settings/audit?about=setting&who=" + ada.id().value()).body())
        .contains("added the canned response", "name: “" + name + "”");
  }

  @Test
  void the_log_is_exported_for_spreadsheets_without_formulas() {
    var name = "=cmd" + number();
    visitor.post("/settings/canned-responses", Map.of("name", name, "text", "Hello"));

    var table = visitor.get("/settings/audit/export?about=setting");

    assertThat(table.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(table.body())
        .startsWith("\"number\",\"at\",\"who\",\"what\",\"about\",\"detail\"\r\n")
        .contains("\"Ada\",\"added the canned response", "name: “" + name)
        .doesNotContain(",\"=");
  }

  private long entries() {
    return database
        .sql("select count(*) from ledger where kind = 'setting.changed'")
        .query(Long.class)
        .single();
  }
}
