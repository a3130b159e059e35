package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Migration;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.WorkflowDraft.Verdict;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/// From the first draft to the last run: who may do what, in which order, and who wins when two do
/// it at once.
@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
class WorkflowLifeModuleTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final AtomicLong TICKETS = new AtomicLong(5_000_000);

  @Autowired Workflows workflows;
  @Autowired WorkflowDrafts drafts;
  @Autowired WorkflowReviews reviews;
  @Autowired Runs runs;
  @Autowired Tasks tasks;
  @Autowired Replays replays;
  @Autowired Teams teams;
  @Autowired Agents agents;
  @Autowired Ledger ledger;
  @Autowired JdbcClient database;

  String name;
  Team returns;
  Agent lead;
  Agent expert;

  @BeforeEach
  void a_workflow_and_the_people_who_answer_for_it() {
    int number = NAMES.incrementAndGet();
    name = "life-" + number;
    returns = teams.create("returns-" + number, "Returns", Actor.SYSTEM).expected();
    lead = somebody(Role.LEAD);
    expert = somebody(Role.AGENT, returns.id());
    workflows.publish("life.yaml", text("Read the ticket"), Actor.SYSTEM);
  }

  @Test
  void a_draft_becomes_a_version_when_every_team_has_agreed() {
    WorkflowDraft draft = drafts.begin(name, lead).expected();
    assertThat(draft.base()).isEqualTo(1);
    draft = save(draft, text("Open the letter"));
    assertThat(reviews.publish(name, draft.revision(), lead)).isEqualTo(rejected(OUTDATED_REVIEW));

    draft =
        reviews
            .ask(name, draft.revision(), List.of(returns.key()), "Letters come first.", lead)
            .expected();
    assertThat(reviews.publish(name, draft.revision(), lead))
        .isEqualTo(rejected("Not everybody has agreed yet: missing are Returns."));
    draft = reviews.approve(name, draft.revision(), returns.key(), "", expert).expected();
    Version version = reviews.publish(name, draft.revision(), lead).expected();

    assertThat(version.number()).isEqualTo(2);
    assertThat(version.publishing().note()).isEqualTo("Letters come first.");
    assertThat(version.publishing().by()).isEqualTo(lead.name());
    assertThat(reviews.of(version))
        .singleElement()
        .satisfies(review -> {
          assertThat(review.team()).isEqualTo(returns.key());
          assertThat(review.by()).isEqualTo(expert.name());
        });
    assertThat(drafts.of(name)).isEmpty();
    assertThat(kinds())
        .containsExactly(
            "workflow.published",
            "workflow.drafted",
            "workflow.draft-saved",
            "workflow.review-asked",
            "workflow.approved",
            "workflow.published");
  }

  @Test
  void a_running_case_stays_on_its_version() {
    RunId old = runs.start(current(), ticket());
    publish(text("Open the letter"));

    assertThat(runs.withId(old).orElseThrow().version().number()).isEqualTo(1);
    assertThat(runs.withId(runs.start(current(), ticket())).orElseThrow().version().number())
        .isEqualTo(2);
  }

  @Test
  void what_has_errors_is_neither_reviewed_nor_published() {
    WorkflowDraft draft = drafts.begin(name, lead).expected();
    draft = save(draft, draft.text().content().replace("by: responsible", "by: nobody"));

    assertThat(reviews.ask(name, draft.revision(), List.of(returns.key()), "", lead))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected ->
                assertThat(rejected.detail())
                    .startsWith("Expected a draft without errors, but the checks found 1: line "));
  }

  @Test
  void a_draft_keeps_the_name_of_its_workflow() {
    WorkflowDraft draft = drafts.begin(name, lead).expected();
    draft = save(draft, draft.text().content().replace(name, "another"));

    assertThat(reviews.ask(name, draft.revision(), List.of(returns.key()), "", lead))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.detail()).contains("its text says “another”"));
  }

  @Test
  void a_team_that_asks_for_changes_holds_the_draft_until_it_is_changed() {
    WorkflowDraft draft = asked();
    draft =
        reviews
            .askForChanges(name, draft.revision(), returns.key(), "Who writes back?", expert)
            .expected();

    assertThat(Objects.requireNonNull(draft.request()).reviews())
        .singleElement()
        .satisfies(review -> {
          assertThat(review.verdict()).isEqualTo(Verdict.CHANGES_ASKED);
          assertThat(review.words()).isEqualTo("Who writes back?");
        });
    assertThat(drafts.save(name, draft.revision(), text("Answer"), "typed", lead))
        .isEqualTo(rejected("This draft is in review; take it back before you write on."));
    draft = reviews.takeBack(name, draft.revision(), lead).expected();
    draft = save(draft, text("Answer the letter"));
    draft = reviews.ask(name, draft.revision(), List.of(returns.key()), "", lead).expected();
    assertThat(draft.request().reviews())
        .extracting(WorkflowDraft.Review::verdict)
        .containsOnly(Verdict.OPEN);
  }

  @Test
  void nobody_answers_for_a_team_that_is_not_theirs_or_for_what_they_asked_themselves() {
    Agent member = somebody(Role.LEAD, returns.id());
    WorkflowDraft begun = drafts.begin(name, member).expected();
    WorkflowDraft draft =
        reviews.ask(name, begun.revision(), List.of(returns.key()), "", member).expected();

    assertThat(reviews.approve(name, draft.revision(), returns.key(), "", lead))
        .isEqualTo(unknown("Only a member of Returns can answer for it."));
    assertThat(reviews.approve(name, draft.revision(), returns.key(), "", member))
        .isEqualTo(
            unknown("You asked for the review, so somebody else of Returns answers for it."));
    assertThat(reviews.mayAnswer(draft, returns.key(), member)).isFalse();
    assertThat(reviews.mayAnswer(draft, returns.key(), expert)).isTrue();
  }

  @Test
  void an_agent_changes_nothing() {
    WorkflowDraft draft = drafts.begin(name, lead).expected();

    assertThat(drafts.begin(name, expert)).isInstanceOf(Outcome.Rejected.class);
    assertThat(drafts.create("anew-" + name, text("Read"), "new", expert))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(drafts.save(name, draft.revision(), "x", "typed", expert))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(reviews.ask(name, draft.revision(), List.of(returns.key()), "", expert))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(workflows.retire(name, expert)).isInstanceOf(Outcome.Rejected.class);
    assertThat(drafts.of(name)).contains(draft);
  }

  @Test
  void undo_goes_back_text_by_text_and_redo_forward() {
    WorkflowDraft draft = drafts.begin(name, lead).expected();
    String first = draft.text().content();
    draft = save(draft, text("Open the letter"));
    draft = save(draft, text("Weigh the letter"));

    draft = drafts.undo(name, draft.revision(), lead).expected();
    assertThat(draft.text().content()).isEqualTo(text("Open the letter"));
    draft = drafts.undo(name, draft.revision(), lead).expected();
    assertThat(draft.text().content()).isEqualTo(first);
    assertThat(draft.text().before()).isFalse();
    assertThat(draft.text().after()).isEqualTo("typed");
    draft = drafts.undo(name, draft.revision(), lead).expected();
    assertThat(draft.text().content()).isEqualTo(first);
    draft = drafts.redo(name, draft.revision(), lead).expected();
    draft = drafts.redo(name, draft.revision(), lead).expected();
    assertThat(draft.text().content()).isEqualTo(text("Weigh the letter"));
    assertThat(draft.text().after()).isEmpty();
  }

  @Test
  void of_two_who_save_the_same_draft_at_once_one_is_told() throws Exception {
    WorkflowDraft draft = drafts.begin(name, lead).expected();
    Agent other = somebody(Role.ADMINISTRATOR);

    List<Outcome<WorkflowDraft>> outcomes =
        together(
            () -> drafts.save(name, draft.revision(), text("Mine"), "typed", lead),
            () -> drafts.save(name, draft.revision(), text("Theirs"), "typed", other));

    assertThat(outcomes).filteredOn(Outcome.Accepted.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Outcome.Rejected.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected ->
                assertThat(rejected.detail())
                    .contains("changed this draft while you had it open (typed)"));
  }

  @Test
  void of_two_who_publish_at_once_one_makes_the_version() throws Exception {
    WorkflowDraft asked = asked();
    WorkflowDraft draft =
        reviews.approve(name, asked.revision(), returns.key(), "", expert).expected();
    Agent other = somebody(Role.ADMINISTRATOR);

    List<Outcome<Version>> outcomes =
        together(
            () -> reviews.publish(name, draft.revision(), lead),
            () -> reviews.publish(name, draft.revision(), other),
            () -> reviews.publish(name, draft.revision(), lead));

    assertThat(outcomes).filteredOn(Outcome.Accepted.class::isInstance).hasSize(1);
    assertThat(workflows.versionsOf(name)).hasSize(2);
  }

  @Test
  void of_two_who_begin_a_draft_at_once_both_get_the_same() throws Exception {
    Agent other = somebody(Role.ADMINISTRATOR);

    List<Outcome<WorkflowDraft>> outcomes =
        together(() -> drafts.begin(name, lead), () -> drafts.begin(name, other));

    assertThat(outcomes).extracting(outcome -> outcome.expected().id()).hasSize(2);
    assertThat(outcomes.getFirst().expected().id()).isEqualTo(outcomes.getLast().expected().id());
  }

  @Test
  void a_retired_workflow_starts_no_runs_until_it_is_taken_back() {
    RunId run = runs.start(current(), ticket());
    workflows.retire(name, lead).expected();

    assertThat(workflows.withName(name)).isEmpty();
    assertThat(drafts.retired()).contains(name);
    assertThat(runs.withId(run).orElseThrow().state().status()).isEqualTo(Status.RUNNING);
    workflows.restore(name, lead).expected();
    assertThat(workflows.withName(name)).isPresent();
    assertThat(kinds()).endsWith("workflow.retired", "workflow.restored");
  }

  @Test
  void a_shipped_text_never_replaces_what_people_have_published() {
    publish(text("Open the letter"));

    assertThat(workflows.publishShipped("life.yaml", text("Shipped anew")))
        .isInstanceOf(Workflows.Publication.Kept.class);
    assertThat(current().number()).isEqualTo(2);
  }

  @Test
  void an_earlier_text_can_come_into_force_again() {
    publish(text("Open the letter"));
    publish(text("Read the ticket"));

    assertThat(current().number()).isEqualTo(3);
    assertThat(current().file().text()).isEqualTo(text("Read the ticket"));
  }

  @Test
  void a_copy_has_a_name_of_its_own() {
    WorkflowDraft copy =
        drafts.create("copy-" + name, current().file().text(), "copied", lead).expected();

    assertThat(copy.base()).isNull();
    assertThat(copy.text().content()).startsWith("workflow: copy-" + name + "\n");
    assertThat(drafts.create(name, text("Read"), "copied", lead))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.TAKEN));
    drafts.discard("copy-" + name, copy.revision(), lead).expected();
    assertThat(drafts.of("copy-" + name)).isEmpty();
  }

  @Test
  void an_open_step_is_left_out_with_a_reason_that_is_recorded() {
    RunId run = runs.start(current(), ticket());
    int task = runs.withId(run).orElseThrow().state().open().getLast().number();

    assertThat(runs.deviate(run, task, " ", lead)).isInstanceOf(Outcome.Rejected.class);
    WorkflowRun after = runs.deviate(run, task, "It was read on the phone.", lead).expected();

    assertThat(after.state().open()).noneMatch(open -> open.number() == task);
    assertThat(runs.history(run))
        .anySatisfy(happened -> {
          assertThat(happened.event())
              .isInstanceOfSatisfying(
                  Event.Skipped.class,
                  skipped -> assertThat(skipped.reason()).isEqualTo("It was read on the phone."));
          assertThat(happened.by().name()).isEqualTo(lead.name());
        });
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_run_is_moved_to_a_newer_version_as_the_preview_says() {
    Subject about = ticket();
    RunId run = runs.start(current(), about);
    String before = text("Read the ticket");
    String after =
        before.replace(
            "  - do: Read the ticket",
            "  - run: trial.note\n    title: Note that it is read\n    with: {text: read}\n\n  - do: Read the ticket");
    publish(after);
    WorkflowRun old = runs.withId(run).orElseThrow();

    Migration preview = runs.preview(old, current());
    assertThat(preview.isPossible()).isTrue();
    assertThat(preview.moves())
        .singleElement()
        .isInstanceOfSatisfying(
            Migration.Move.Moved.class, moved -> assertThat(moved.to()).isEqualTo("3"));
    assertThat(runs.move(run, current(), old.revision() - 1, lead))
        .isInstanceOf(Outcome.Rejected.class);
    WorkflowRun moved = runs.move(run, current(), old.revision(), lead).expected();

    assertThat(moved.version().number()).isEqualTo(2);
    assertThat(runs.withId(run).orElseThrow()).isEqualTo(moved);
    Task task = tasks.of(about).getFirst();
    assertThat(tasks.step(task).title()).isEqualTo("Read the ticket");
    assertThat(task.origin().step()).isEqualTo("3");
    assertThat(replays.replay(run)).isEmpty();
    assertThat(
            tasks.complete(
                task.id(),
                Map.of("category", "simple", "enough", "yes", "checked.0", "on"),
                ZoneOffset.UTC,
                lead))
        .isInstanceOf(Completion.Done.class);
  }

  private static final String OUTDATED_REVIEW =
      "This draft has not been reviewed; ask for approval first.";

  private static <T> Outcome<T> rejected(String detail) {
    return Outcome.rejected(Reason.OUTDATED, detail);
  }

  private static <T> Outcome<T> unknown(String detail) {
    return Outcome.rejected(Reason.UNKNOWN, detail);
  }

  private void publish(String text) {
    WorkflowDraft draft = save(drafts.begin(name, lead).expected(), text);
    draft = reviews.ask(name, draft.revision(), List.of(returns.key()), "", lead).expected();
    draft = reviews.approve(name, draft.revision(), returns.key(), "", expert).expected();
    var _ = reviews.publish(name, draft.revision(), lead).expected();
  }

  private WorkflowDraft asked() {
    WorkflowDraft draft = save(drafts.begin(name, lead).expected(), text("Open the letter"));
    return reviews.ask(name, draft.revision(), List.of(returns.key()), "", lead).expected();
  }

  private WorkflowDraft save(WorkflowDraft draft, String text) {
    return drafts.save(name, draft.revision(), text, "typed", lead).expected();
  }

  private Version current() {
    return workflows.newest(name).orElseThrow();
  }

  private String text(String title) {
    return Trial.TEXT
        .replace("workflow: trial", "workflow: " + name)
        .replace("email", "nowhere")
        .replace("Read the ticket", title);
  }

  private List<String> kinds() {
    long id =
        database
            .sql("select id from workflow where name = :name")
            .param("name", name)
            .query((row, _) -> row.getLong("id"))
            .single();
    return ledger.of(new Subject("workflow", id), 100).stream().map(Ledger.Entry::kind).toList();
  }

  private static Subject ticket() {
    return new Subject("ticket", TICKETS.incrementAndGet());
  }

  private Agent somebody(Role role, TeamId... memberOf) {
    int number = NAMES.incrementAndGet();
    return agents
        .add(
            new NewAgent(
                "Person " + number,
                "life" + number + "@evergreen.example",
                role,
                List.of(memberOf)),
            Actor.SYSTEM)
        .expected();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <T> List<T> together(Callable<T>... calls)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(calls.length)) {
      List<Future<T>> futures = threads.invokeAll(List.of(calls));
      var results = new java.util.ArrayList<T>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
