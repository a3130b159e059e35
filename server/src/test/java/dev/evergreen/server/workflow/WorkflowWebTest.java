package dev.evergreen.server.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.bpmn.Bpmn;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.workflow.Trial.NoteAction;
import dev.evergreen.server.workflow.web.CasePath;
import dev.evergreen.server.workflow.web.NextStep;
import dev.evergreen.server.workflow.web.NextSteps;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
class WorkflowWebTest {
  private static final String PASSWORD = "three quiet boots";
  private static final AtomicLong TICKETS = new AtomicLong(1_000_000);
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @Autowired Workflows workflows;
  @Autowired Runs runs;
  @Autowired Tasks tasks;
  @Autowired NextSteps nextSteps;
  @Autowired WorkflowDrafts drafts;
  @Autowired Agents agents;
  @Autowired Passwords passwords;
  @LocalServerPort int port;

  Visitor visitor;
  Subject ticket;
  Version version;

  @BeforeEach
  void a_workflow() {
    NoteAction.broken = false;
    workflows.publish("trial.yaml", Trial.TEXT, Actor.SYSTEM);
    version = workflows.withName("trial").orElseThrow();
    visitor = new Visitor(port);
    ticket = new Subject("ticket", TICKETS.incrementAndGet());
  }

  @AfterEach
  void leave() {
    visitor.close();
  }

  @Test
  void a_stopped_run_is_seen_and_mended_by_a_lead() {
    NoteAction.broken = true;
    RunId run = runs.start(version, ticket);
    signedIn(Role.LEAD);

    assertThat(visitor.get("/runs").body())
        .contains("Note that it begins", "expected a pen that writes, but found a broken one");
    String page = visitor.get("/runs/" + run.value()).body();
    assertThat(page).contains("Stopped at: Note that it begins", "Try again", "Work on it until");
    String fault = "/runs/" + run.value() + "/faults/1";
    assertThat(visitor.post(fault + "/skip", Map.of("reason", " ")).statusCode()).isEqualTo(422);
    NoteAction.broken = false;
    assertThat(visitor.post(fault + "/retry", Map.of()).statusCode()).isEqualTo(302);

    String mended = visitor.get("/runs/" + run.value()).body();
    assertThat(mended).contains("Tried again.").doesNotContain("Stopped at");
    assertThat(visitor.post(fault + "/retry", Map.of()).statusCode()).isEqualTo(409);
    visitor.get("/runs/" + run.value());
    assertThat(
            visitor
                .post("/runs/" + run.value() + "/end", Map.of("reason", "A <b>mistake</b>."))
                .statusCode())
        .isEqualTo(302);
    assertThat(visitor.get("/runs/" + run.value()).body())
        .contains("A &lt;b&gt;mistake&lt;/b&gt;.")
        .doesNotContain("<b>mistake");
  }

  @Test
  void for_an_agent_there_are_no_pages_of_runs() {
    RunId run = runs.start(version, ticket);
    signedIn(Role.AGENT);
    visitor.get("/workflows");

    assertThat(visitor.get("/runs").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/runs/" + run.value()).statusCode()).isEqualTo(404);
    assertThat(
            visitor
                .post("/runs/" + run.value() + "/end", Map.of("reason", "Because."))
                .statusCode())
        .isEqualTo(404);
    assertThat(runs.withId(run).orElseThrow().state().status().isFinal()).isFalse();
  }

  @Test
  void everybody_reads_a_workflow_in_words() {
    signedIn(Role.AGENT);

    assertThat(visitor.get("/workflows").body()).contains("Try everything");
    assertThat(visitor.get("/workflows/trial").body())
        .contains(
            "Every block is gone through once.",
            "Team frontline · within 1 business hour",
            "By itself: note a trial: text begun",
            "on “ticket opened”, if its channel is email",
            "At most 3 times",
            "For 1 day");
    assertThat(visitor.get("/workflows/trial/text").body()).contains("workflow: trial");
    assertThat(visitor.get("/workflows/unheard-of").statusCode()).isEqualTo(404);
  }

  @Test
  void a_workflow_and_a_run_are_drawn_and_taken_along() {
    signedIn(Role.LEAD);
    RunId run = runs.start(version, ticket);

    assertThat(visitor.get("/workflows/trial/diagram").body())
        .contains("class=\"diagram-wide\"", "href=\"/workflows/trial#step-1\"");
    assertThat(visitor.get("/workflows/trial").body()).contains("id=\"step-1\"");
    var newest = "/workflows/trial/versions/" + version.number();
    assertThat(visitor.get(newest + "/diagram").body()).startsWith("<svg").contains("<style>");
    assertThat(visitor.get(newest + "/bpmn").body()).isEqualTo(Bpmn.write(version.definition()));
    assertThat(visitor.get("/runs/" + run.value()).body())
        .contains("class=\"dg-card dg-", "Its path");
  }

  @Test
  void a_workflow_tells_what_happens_in_its_cases_and_pages_through_them() {
    signedIn(Role.LEAD);
    workflows.publish(
        "counted.yaml",
        Trial.TEXT
            .replace("workflow: trial", "workflow: counted")
            .replace("on: ticket.opened", "on: ticket.customer-replied")
            .replace("    when: event.channel == \"email\"\n", ""),
        Actor.SYSTEM);
    Version counted = workflows.withName("counted").orElseThrow();
    for (int i = 0; i < 33; i++) {
      runs.start(counted, new Subject("ticket", TICKETS.incrementAndGet()));
    }

    assertThat(visitor.get("/workflows/counted").body())
        .contains("What happens here, the last 30 days", "33, 33 a day, 0 over", "33×", "never");
    assertThat(visitor.get("/workflows/counted/diagram").body())
        .contains("33 times", "Counts and median times");
    String first = visitor.get("/workflows/counted/runs").body();
    var next = Pattern.compile("href=\"(/workflows/counted/runs\\?before=\\d+)\"").matcher(first);
    assertThat(next.find()).isTrue();
    assertThat(first.split("class=\"row-case\"", -1)).hasSize(31);
    assertThat(visitor.get(next.group(1)).body().split("class=\"row-case\"", -1)).hasSize(4);
  }

  @Test
  void a_process_shows_its_goals_and_what_serves_it() {
    runs.start(version, ticket);
    signedIn(Role.AGENT);

    assertThat(visitor.get("/workflows").body())
        .contains("href=\"/processes/support\"", "Solve what customers ask us");
    assertThat(visitor.get("/workflows/trial").body()).contains("href=\"/processes/support\"");
    assertThat(visitor.get("/processes/support").body())
        .contains("What is solved stays solved", "at most 5 %", "Try everything", "under way");
    assertThat(visitor.get("/processes/unheard-of").statusCode()).isEqualTo(404);
  }

  @Test
  void a_moved_run_shows_its_whole_way() {
    Agent ada = somebody(Role.LEAD);
    String before = Trial.TEXT.replace("workflow: trial", "workflow: moved");
    workflows.publish("moved.yaml", before, Actor.SYSTEM);
    RunId run = runs.start(workflows.withName("moved").orElseThrow(), ticket);
    workflows.publish("moved.yaml", before.replace("1 business hour", "2 hours"), Actor.SYSTEM);
    WorkflowRun held = runs.withId(run).orElseThrow();
    runs.move(run, workflows.withName("moved").orElseThrow(), held.revision(), ada).expected();
    signedIn(Role.LEAD);

    String page = visitor.get("/runs/" + run.value()).body();

    assertThat(page)
        .contains(
            "Before, on version 1",
            "/workflows/moved/versions/1#step-1",
            "/workflows/moved/versions/2#step-2",
            "Asked to note a trial.",
            "Team frontline was asked.",
            "The run goes on as version 2 says.");
  }

  @Test
  void a_file_that_cannot_be_taken_is_refused_in_one_sentence_and_changes_nothing() {
    signedIn(Role.LEAD);
    visitor.get("/workflows/new");
    int drafts = this.drafts.all().size();

    assertRefused(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, "Expected a text in UTF-8");
    assertRefused(" \n".getBytes(UTF_8), "Expected a workflow file, found nothing in it.");
    assertRefused("<bpmn:definitions".getBytes(UTF_8), "“upload.yaml” cannot be taken");

    assertThat(this.drafts.all()).hasSize(drafts);
    var taken =
        visitor.upload(
            "/workflows/import",
            "upload.yaml",
            Trial.TEXT.replace("workflow: trial", "workflow: brought-in").getBytes(UTF_8));
    assertThat(taken.statusCode()).isEqualTo(302);
    assertThat(this.drafts.all()).hasSize(drafts + 1);
  }

  private void assertRefused(byte[] file, String sentence) {
    var refused = visitor.upload("/workflows/import", "upload.yaml", file);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains(sentence);
  }

  private NextSteps.About about(Subject subject) {
    return new NextSteps.About(subject, runs.of(subject));
  }

  @Test
  void the_next_step_says_what_to_do_and_what_was_wrong_with_the_answers() {
    Agent ada = somebody(Role.AGENT);
    runs.start(version, ticket);

    NextStep.Ask ask = Objects.requireNonNull(nextSteps.of(about(ticket), ada).ask());
    assertThat(ask.heading().title()).isEqualTo("Read the ticket");
    assertThat(ask.instructions()).isEqualTo("<p>Read <strong>all</strong> of it.</p>\n");
    assertThat(ask.form().fields()).extracting(NextStep.Field::name).contains("category", "enough");

    var sent = Map.of("category", "odd", "enough", "yes");
    Completion wrong = tasks.complete(ask.heading().task(), sent, ZoneOffset.UTC, ada);
    NextStep.Ask again =
        Objects.requireNonNull(
            nextSteps.after(about(ticket), ada, ask.heading().task(), sent, wrong).ask());
    assertThat(again.form().fields())
        .filteredOn(field -> field.name().equals("category"))
        .allSatisfy(field -> {
          assertThat(field.value()).isEqualTo("odd");
          assertThat(field.error()).startsWith("Expected one of simple, hard");
        });
    assertThat(again.form().checklist())
        .singleElement()
        .satisfies(check -> {
          assertThat(check.isChecked()).isFalse();
          assertThat(check.error()).contains("“You read it twice” is not.");
        });

    tasks.complete(
        ask.heading().task(),
        Map.of("category", "hard", "enough", "no", Checklist.box(0), "on"),
        ZoneOffset.UTC,
        ada);
    NextStep waiting = nextSteps.of(about(ticket), ada);
    assertThat(waiting.ask()).isNull();
    assertThat(waiting.standing())
        .singleElement()
        .satisfies(standing -> assertThat(standing.words()).isEqualTo("Wait for the details"));
    assertThat(CasePath.of(runs.of(ticket).getFirst()).stops())
        .extracting(CasePath.Stop::place)
        .startsWith(CasePath.Place.DONE, CasePath.Place.DONE, CasePath.Place.NOW)
        .endsWith(CasePath.Place.AHEAD);
  }

  private void signedIn(Role role) {
    visitor.signIn(somebody(role).email(), PASSWORD);
  }

  private Agent somebody(Role role) {
    String email = "pages" + PEOPLE.incrementAndGet() + "@evergreen.example";
    Agent agent =
        agents.add(new NewAgent("Ada Moreno", email, role, List.of()), Actor.SYSTEM).expected();
    passwords.set(agent.id(), PASSWORD, Actor.SYSTEM).expected();
    return agent;
  }
}
