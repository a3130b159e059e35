package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Processes;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Processes are written without scripts: forms that are sent as they stand on the page.
class ProcessStudioWebTest extends WebTest {
  @Autowired Processes processes;
  @Autowired ProcessDrafts drafts;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @SuppressWarnings("NullAway.Init")
  String name;

  @BeforeEach
  void a_new_process_of_a_lead() {
    visitor = signedIn(somebody("Mira Care", Role.LEAD));
    String title = "After-sales care, number " + number();
    visitor.get("/workflows/new");
    String draft = there(visitor.post("/workflows/processes", Map.of("process", title)));
    name = draft.replaceAll(".*/processes/|/draft.*", "");
  }

  @Test
  void it_begins_right_and_is_filled_in_by_form() {
    assertThat(page().select("#checked .finding.late").text()).isEmpty();

    there(
        fill(
            Map.of(
                "purpose", "A return costs nobody an evening.",
                "goals.0.target", "97 %",
                "goals.1.goal", "Nobody asks twice where the money is",
                "goals.1.by", "2027-03-31",
                "standards", "We pay back what we owe\nWe say when")));

    assertThat(text())
        .contains(
            "purpose: A return costs nobody an evening.",
            "target: 97 %",
            "- goal: Nobody asks twice where the money is\n    by: 2027-03-31",
            "standards:\n  - We pay back what we owe\n  - We say when\n\nworkflows: []");
    there(fill(Map.of("goals.0.goal", "")));
    assertThat(text()).doesNotContain("97 %");
    there(send("/undo", Map.of()));
    assertThat(text()).contains("97 %");
    there(send("/redo", Map.of()));
    assertThat(text()).doesNotContain("97 %");
  }

  @Test
  void it_is_in_force_when_somebody_says_so_and_gone_when_it_is_withdrawn() {
    there(send("/publication", Map.of()));
    assertThat(processes.withName(name)).isPresent();
    assertThat(drafts.of(name)).isEmpty();
    assertThat(visitor.get("/processes/" + name).body())
        .contains("Put in force by Mira Care", "No workflow serves it here yet");
    assertThat(visitor.get("/workflows").body()).contains("/processes/" + name);
    assertThat(visitor.get("/processes/" + name + "/file").body()).startsWith("process: " + name);

    there(visitor.post("/processes/" + name + "/draft/beginning", Map.of()));
    there(fill(Map.of("title", "Care after the sale")));
    assertThat(processes.withName(name).orElseThrow().title()).startsWith("After-sales");
    there(send("/discarding", Map.of()));
    assertThat(drafts.of(name)).isEmpty();

    there(visitor.post("/processes/" + name + "/withdrawal", Map.of()));
    assertThat(processes.withName(name)).isEmpty();
    assertThat(visitor.get("/processes/" + name).statusCode()).isEqualTo(404);
  }

  @Test
  void one_that_came_with_the_program_is_replaced_and_comes_back() {
    String shipped = processes.withName("relations").orElseThrow().text();
    assertThat(bring("relations.yaml", shipped).body()).contains("nothing to bring in");

    String ours = shipped.replaceFirst("(?m)^title: .*$", "title: People who trust us");
    assertThat(there(bring("relations.yaml", ours))).endsWith("/processes/relations/draft");
    name = "relations";
    there(send("/publication", Map.of()));
    assertThat(processes.withName("relations").orElseThrow().title())
        .isEqualTo("People who trust us");

    there(visitor.post("/processes/relations/withdrawal", Map.of()));
    assertThat(processes.withName("relations").orElseThrow().text()).isEqualTo(shipped);
  }

  @Test
  void what_has_errors_is_saved_and_not_put_in_force() {
    there(send("", Map.of("text", text().replace("workflows: []", "workflows: [fly-to-mars]"))));
    assertThat(page().select("#checked .finding.late").text()).contains("fly-to-mars");

    HttpResponse<String> refused = send("/publication", Map.of());
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("Expected a text without errors");
    there(send("", Map.of("text", text().replace("process: " + name, "process: other"))));
    there(send("", Map.of("text", text().replace("fly-to-mars", ""))));
    assertThat(send("/publication", Map.of()).body()).contains("to keep the name");
  }

  @Test
  void whose_page_is_older_writes_over_nothing_until_they_say_so() {
    Map<String, String> sent = values(form(page(), "/form"));
    there(fill(Map.of("title", "The first title")));

    sent.put("title", "The second title");
    HttpResponse<String> refused = visitor.post("/processes/" + name + "/draft/form", sent);
    assertThat(refused.statusCode()).isEqualTo(409);
    Element told = Jsoup.parse(refused.body());
    assertThat(told.select("#trouble").text()).contains("changed this draft while you had it open");
    assertThat(text()).contains("The first title");
    Map<String, String> again = values(form(told, "/draft"));
    again.put("over", told.select("button[name=over]").attr("value"));
    there(visitor.post("/processes/" + name + "/draft", again));
    assertThat(text()).contains("The second title");
  }

  @Test
  void agents_read_processes_and_write_none() {
    there(send("/publication", Map.of()));
    try (Visitor agent = signedIn(somebody("Mira Care", Role.AGENT))) {
      assertThat(agent.get("/processes/" + name).body())
          .contains("Export")
          .doesNotContain("Change it");
      assertThat(agent.post("/processes/" + name + "/draft/beginning", Map.of()).statusCode())
          .isEqualTo(404);
      assertThat(agent.post("/processes/" + name + "/withdrawal", Map.of()).statusCode())
          .isEqualTo(404);
      assertThat(agent.get("/settings/webhooks").statusCode()).isEqualTo(404);
    }
    assertThat(drafts.of(name)).isEmpty();
    assertThat(processes.withName(name)).isPresent();
  }

  private HttpResponse<String> bring(String file, String text) {
    visitor.get("/workflows/new");
    return visitor.upload("/workflows/import", file, text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> fill(Map<String, String> wanted) {
    return send("/form", wanted);
  }

  private HttpResponse<String> send(String action, Map<String, String> wanted) {
    Map<String, String> sent = values(form(page(), "/draft" + action));
    sent.putAll(wanted);
    return visitor.post("/processes/" + name + "/draft" + action, sent);
  }

  private Element page() {
    return Jsoup.parse(visitor.get("/processes/" + name + "/draft").body());
  }

  private static Element form(Element page, String action) {
    return page.select("form[action$=" + action + "]").stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected a form for " + action));
  }

  /// What a browser would send of it: a button only when it is pressed.
  private static Map<String, String> values(Element form) {
    var values = new HashMap<String, String>();
    for (Element field : form.select("input[name], textarea[name]")) {
      boolean box = field.attr("type").equals("checkbox");
      if (!box || field.hasAttr("checked")) {
        values.put(
            field.attr("name"),
            field.tagName().equals("textarea")
                ? field.wholeText().replaceFirst("^\n", "")
                : field.attr("value"));
      }
    }
    values.remove("_csrf");
    return values;
  }

  private String text() {
    return drafts.of(name).orElseThrow().text().content();
  }
}
