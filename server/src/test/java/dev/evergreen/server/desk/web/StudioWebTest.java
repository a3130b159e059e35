package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.Workflows;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The editor as it is without scripts: forms that are sent as they stand on the page, and pages
/// that follow.
class StudioWebTest extends WebTest {
  @Autowired Workflows workflows;
  @Autowired WorkflowDrafts drafts;
  @Autowired Teams teams;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @SuppressWarnings("NullAway.Init")
  String name;

  @BeforeEach
  void a_new_workflow_of_a_lead() {
    visitor = signedIn(somebody("Mira Letter", Role.LEAD));
    String title = "Handle a letter, number " + number();
    visitor.get("/workflows/new");
    String draft = there(visitor.post("/workflows", Map.of("title", title)));
    name = draft.replaceAll(".*/workflows/|/draft.*", "");
  }

  /// Other tests' tickets are not to follow what was published here.
  @AfterEach
  void leave() {
    if (workflows.newest(name).isPresent()) {
      visitor.post("/workflows/" + name + "/retirement", Map.of());
      assertThat(drafts.retired()).contains(name);
    }
  }

  @Test
  void every_kind_of_step_is_added_by_a_button_and_is_right_as_it_begins() {
    for (String kind :
        List.of("do", "run", "decide", "table", "wait", "ask", "repeat", "together", "call")) {
      add("", 0, kind);
    }
    add("on", 0, "on");

    assertThat(text())
        .contains("decide: How urgent is it?", "data:", "urgent: boolean", "together:", "on:");
    assertThat(page().select("#checked .finding.late")).isEmpty();
  }

  @Test
  void what_is_typed_into_the_form_of_a_step_changes_its_text_and_can_be_taken_back() {
    there(fill("1", Map.of("do", "Read the letter", "within", "2 business hours")));
    assertThat(text()).contains("- do: Read the letter\n    by: responsible\n    within: 2 bus");

    there(send("", "/undo", Map.of()));
    assertThat(text()).contains("- do: Answer the customer");
    there(send("", "/redo", Map.of()));
    assertThat(text()).contains("- do: Read the letter");
  }

  @Test
  void steps_are_moved_nested_and_removed_by_buttons() {
    add("", 1, "decide");
    there(move("1", "down"));
    assertThat(text()).containsSubsequence("decide:", "- do: Answer the customer", "run: ticket");

    there(move("2", "in"));
    assertThat(drafts.of(name).orElseThrow().text().change()).startsWith("moved");
    assertThat(page("1.1.2").select(".chosen .open .strong").text())
        .isEqualTo("Answer the customer");

    there(move("1.1.2", "out"));
    there(send("2", "/steps/2/removal", Map.of()));
    assertThat(text()).containsSubsequence("decide:", "run: ticket.close");
  }

  @Test
  void what_another_program_is_told_is_filled_in_row_by_row() {
    add("", 0, "run");
    there(fill("1", Map.of("run", "webhook.call")));
    there(
        fill(
            "1",
            Map.of(
                "with.url", "https://shop.example/returns",
                "with.body.*.0.name", "order",
                "with.body.*.0.text", "4711")));
    there(
        fill(
            "1",
            Map.of("with.body.*.1.name", "customer.name", "with.body.*.1.text", "=customer.name")));

    assertThat(text()).contains("body.order: 4711", "body.customer.name: =customer.name");
    assertThat(page().select("#checked .finding.late").text()).isEmpty();
    assertThat(page().select("#step-1").text()).contains("https://shop.example/returns");
    there(fill("1", Map.of("with.body.*.0.name", "")));
    assertThat(text()).doesNotContain("body.order").contains("body.customer.name");
  }

  @Test
  void a_wait_until_a_moment_that_somebody_chose_has_its_own_form() {
    there(
        fill(
            "1",
            Map.of(
                "form.0.label", "When do we call?",
                "form.0.type", "moment")));
    add("", 1, "wait");
    save(text().replace("wait: ticket.customer-replied", "wait: =when_do_we_call"));
    assertThat(page("2").select("label[for=in-wait]").text()).isEqualTo("Until the moment");
    there(fill("2", Map.of("at most", "20 days")));

    assertThat(text()).contains("wait: =when_do_we_call").contains("at most: 20 days");
  }

  @Test
  void a_condition_is_chosen_row_by_row() {
    add("", 0, "decide");

    there(fill("1", Map.of("branch.0.1.name", "ticket.answered")));
    assertThat(text()).contains("when ticket.priority == \"urgent\" && ticket.answered:");

    there(
        fill(
            "1",
            Map.of("branch.0.1.value", "no", "branch.0.join", "any", "branch.0.0.value", "low")));
    assertThat(text()).contains("when ticket.priority == \"low\" || !ticket.answered:");

    there(fill("1", Map.of("branch.0.1.name", "")));
    assertThat(text()).contains("when ticket.priority == \"low\":");
  }

  @Test
  void a_decision_table_is_filled_in_cell_by_cell() {
    add("", 0, "table");

    there(fill("1", Map.of("table.look", "ticket.category")));
    there(fill("1", Map.of("table.0.when.1", "not refund, pricing", "table.do", "add")));
    assertThat(text())
        .contains(
            "when: ticket.priority in [\"high\", \"urgent\"]"
                + " && !(ticket.category in [\"refund\", \"pricing\"])");
    there(fill("1", Map.of("table.1.when.0", "low", "table.1.set.0", "no", "table.do", "up.1")));
    assertThat(text())
        .containsSubsequence(
            "when: ticket.priority == \"low\"", "urgent: false", "in [", "otherwise:");

    there(fill("1", Map.of("table.result", "Answer within hours", "table.type", "number")));
    assertThat(text()).contains("answer_within_hours: number", "answer_within_hours: 0}");
    there(fill("1", Map.of("table.0.set.1", "8", "table.do", "out.2", "hit", "unique")));
    assertThat(text())
        .contains("hit: unique", "set: {urgent: false, answer_within_hours: 8}")
        .doesNotContain("otherwise");
    assertThat(page().select("#checked .finding.late").text()).isEmpty();
  }

  @Test
  void a_rule_of_another_shape_is_kept_as_its_formula() {
    add("", 0, "table");
    String odd = "ticket.subject.startsWith(\"Re\")";
    save(text().replace("ticket.priority in [\"high\", \"urgent\"]", odd));

    there(fill("1", Map.of("table.do", "add", "table.0.set.0", "no")));

    assertThat(text()).contains("when: " + odd, "set: {urgent: false}");
  }

  @Test
  void an_sop_says_more_about_itself_by_form() {
    there(fill("head", Map.of("kind", "administrative")));
    there(
        fill(
            "head",
            Map.of(
                "scope", "Letters of customers.",
                "roles.0.name", "frontline",
                "roles.0.text", "reads and answers",
                "exceptions", "Letters in another language\nLetters of lawyers",
                "start.0.when.0.name", "ticket.priority")));

    assertThat(text())
        .contains(
            "kind: administrative",
            "scope: Letters of customers.",
            "frontline: reads and answers",
            "- Letters of lawyers",
            "- on: ticket.opened\n    when: ticket.priority == \"low\"");
  }

  @Test
  void whose_page_is_older_writes_over_nothing_until_they_say_so() {
    Element mine = page("1");
    there(fill("1", Map.of("do", "Read the letter")));

    Map<String, String> sent = values(form(mine, "/steps/1"));
    sent.put("within", "1 business day");
    HttpResponse<String> refused = visitor.post("/workflows/" + name + "/draft/steps/1", sent);
    assertThat(refused.statusCode()).isEqualTo(409);
    Element told = Jsoup.parse(refused.body());
    assertThat(told.select("#trouble").text()).contains("changed this draft while you had it open");
    assertThat(told.select("#text").text()).contains("within: 1 business day");
    assertThat(text()).contains("Read the letter").doesNotContain("1 business day");

    Map<String, String> again = values(form(told, "/draft"));
    assertThat(visitor.post("/workflows/" + name + "/draft", again).statusCode()).isEqualTo(409);
    again.put("over", told.select("button[name=over]").attr("value"));
    there(visitor.post("/workflows/" + name + "/draft", again));
    assertThat(text()).contains("within: 1 business day");
  }

  @Test
  void nothing_is_published_without_the_department_that_the_workflow_names() {
    Team letters = teams.create("letters-" + number(), "Letters", Actor.SYSTEM).expected();
    Agent expert = somebody("Mira Letter", Role.AGENT, letters);
    there(fill("head", Map.of("approval", "team " + letters.key())));
    Team other = teams.create("other-" + number(), "Other", Actor.SYSTEM).expected();
    somebody("Mira Letter", Role.AGENT, other);
    String review = "/workflows/" + name + "/review";

    HttpResponse<String> unasked =
        visitor.post(review, Map.of("revision", revision(), "teams", other.key()));
    assertThat(unasked.statusCode()).isEqualTo(422);
    assertThat(unasked.body()).contains("expected Letters among those who are asked");
    there(
        visitor.post(
            review, Map.of("revision", revision(), "teams", letters.key(), "note", "New.")));
    HttpResponse<String> early =
        visitor.post(review + "/publication", Map.of("revision", revision()));
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("Not everybody has agreed yet: missing are Letters.");

    try (Visitor reviewer = signedIn(expert)) {
      String team = review + "/" + letters.key();
      reviewer.get(review);
      assertThat(reviewer.post(team + "/objection", Map.of("revision", revision())).body())
          .contains("Expected what should be different");
      there(
          reviewer.post(team + "/objection", Map.of("revision", revision(), "words", "Who pays?")));
      assertThat(visitor.get(review).body()).contains("Who pays?", "Change what they ask for");
      assertThat(visitor.post(review + "/publication", Map.of("revision", revision())).statusCode())
          .isEqualTo(409);
      there(
          reviewer.post(
              team + "/approval", Map.of("revision", revision(), "words", "Settled by phone.")));
    }
    there(visitor.post(review + "/publication", Map.of("revision", revision())));

    assertThat(workflows.withName(name)).isPresent();
    assertThat(visitor.get("/workflows/" + name + "/versions/1").body())
        .contains("Settled by phone.");
  }

  private void add(String list, int position, String kind) {
    visitor.get("/workflows/" + name + "/draft");
    there(
        visitor.post(
            "/workflows/" + name + "/draft/steps",
            Map.of(
                "revision",
                revision(),
                "list",
                list,
                "position",
                String.valueOf(position),
                "kind",
                kind)));
  }

  private HttpResponse<String> move(String step, String to) {
    return send(step, "/steps/" + step + "/move", Map.of("to", to));
  }

  /// Fills in the form of a step as it stands on its page.
  private HttpResponse<String> fill(String step, Map<String, String> wanted) {
    return send(step, "/steps/" + step, wanted);
  }

  private HttpResponse<String> send(String step, String action, Map<String, String> wanted) {
    Map<String, String> sent = values(form(page(step), action));
    sent.putAll(wanted);
    return visitor.post("/workflows/" + name + "/draft" + action, sent);
  }

  private void save(String text) {
    visitor.get("/workflows/" + name + "/draft");
    there(
        visitor.post(
            "/workflows/" + name + "/draft", Map.of("revision", revision(), "text", text)));
  }

  private Element page() {
    return page("");
  }

  private Element page(String step) {
    return Jsoup.parse(visitor.get("/workflows/" + name + "/draft?step=" + step).body());
  }

  private static Element form(Element page, String action) {
    return page.select("form[action$=" + action + "]").stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected a form for " + action));
  }

  /// What a browser would send of it: a button only when it is pressed.
  private static Map<String, String> values(Element form) {
    var values = new HashMap<String, String>();
    for (Element field : form.select("input[name], textarea[name], select[name]")) {
      boolean box = field.attr("type").equals("checkbox");
      if (!box || field.hasAttr("checked")) {
        values.put(field.attr("name"), value(field));
      }
    }
    values.remove("_csrf");
    return values;
  }

  private static String value(Element field) {
    return switch (field.tagName()) {
      case "textarea" -> field.wholeText().replaceFirst("^\n", "");
      case "select" -> {
        Element chosen = field.select("option[selected]").first();
        yield chosen != null ? chosen.attr("value") : field.select("option").attr("value");
      }
      default -> field.attr("value");
    };
  }

  private String text() {
    return drafts.of(name).orElseThrow().text().content();
  }

  private String revision() {
    return String.valueOf(drafts.of(name).orElseThrow().revision());
  }
}
