package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.workflow.Trial.NoteAction;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
class WorkflowModuleTest {
  private static final AtomicLong TICKETS = new AtomicLong();
  private static final AtomicInteger PEOPLE = new AtomicInteger();
  private static final Map<String, String> ENOUGH =
      Map.of("category", "simple", "enough", "yes", Checklist.box(0), "on");
  private static final Map<String, String> TOO_LITTLE =
      Map.of("category", "hard", "enough", "no", Checklist.box(0), "on");
  private static final Map<String, String> SOLVED = Map.of("solved", "yes");

  @Autowired Workflows workflows;
  @Autowired Runs runs;
  @Autowired Tasks tasks;
  @Autowired Replays replays;
  @Autowired Agents agents;
  @Autowired Ledger ledger;
  @Autowired Settings settings;
  @Autowired Work work;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient database;
  @Autowired TransactionTemplate transaction;
  @Autowired Triggers triggers;

  Agent ada;
  Subject ticket;
  long revision;

  @BeforeEach
  void a_ticket_on_a_monday_morning() {
    workflows.publish("trial.yaml", Trial.TEXT, Actor.SYSTEM);
    NoteAction.broken = false;
    ada = somebody("Ada Moreno");
    ticket = new Subject("ticket", TICKETS.incrementAndGet());
    clock.moveTo(
        clock
            .instant()
            .atOffset(ZoneOffset.UTC)
            .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
            .with(LocalTime.of(10, 0))
            .toInstant());
  }

  @Test
  void a_run_goes_through_every_block() {
    Ledger.Entry opened = happens("ticket.opened", Map.of("channel", "email"));
    WorkflowRun run = theRun();
    assertThat(settings.get(NoteAction.noted(run.id().value() + "/1"))).isEqualTo("begun");
    Task read = theTask();
    assertThat(read.title()).isEqualTo("Read the ticket");
    assertThat(read.assignee().team()).isEqualTo("frontline");
    assertThat(read.progress().dueAt()).isEqualTo(read.progress().openedAt().plusSeconds(3600));

    complete(read, TOO_LITTLE);
    assertThat(tasks.of(ticket)).isEmpty();
    happens("ticket.customer-replied", Map.of());
    Trial.RESPONSIBLE.put(ticket.id(), ada.id().value());
    assertThat(theTask().assignee().agent()).isNull();
    happens("ticket.assigned", Map.of());
    assertThat(theTask().assignee().agent()).isEqualTo(ada.id());
    complete(theTask(), Map.of("solved", "no"));
    complete(theTask(), SOLVED);
    assertThat(theRun().state().open()).singleElement().isInstanceOf(Activation.Wait.class);

    passes(Duration.ofHours(23));
    assertThat(theRun().state().status()).isEqualTo(Status.RUNNING);
    passes(Duration.ofHours(2));
    assertThat(theRun().state().status()).isEqualTo(Status.ENDED);
    assertThat(theRun().state().outcome()).isEqualTo("closed");
    assertThat(runs.log(run.id()))
        .extracting(Ledger.Entry::kind)
        .startsWith(
            "run.started", "run.action-requested", "run.action-succeeded", "run.task-opened")
        .endsWith("run.ended");
    assertThat(runs.log(run.id()))
        .allSatisfy(entry -> assertThat(entry.data()).containsEntry("ticket", (int) ticket.id()));
    assertThat(runs.log(run.id()))
        .filteredOn(entry -> entry.kind().equals("run.task-completed"))
        .allSatisfy(entry -> assertThat(entry.by()).isEqualTo(ada.actor()));
    assertThat(replays.replay(run.id())).isEmpty();
    assertNothingIsLeftOf(run.id());
    assertThat(opened.id()).isPositive();
  }

  @Test
  void silence_ends_the_wait_by_its_rule() {
    happens("ticket.opened", Map.of("channel", "email"));
    complete(theTask(), TOO_LITTLE);

    passes(Duration.ofDays(2).minusMinutes(1));
    assertThat(theRun().state().status()).isEqualTo(Status.RUNNING);
    passes(Duration.ofMinutes(2));

    assertThat(theRun().state().outcome()).isEqualTo("silent");
    assertNothingIsLeftOf(theRun().id());
  }

  @Test
  void an_event_that_does_not_meet_the_condition_starts_nothing() {
    happens("ticket.opened", Map.of("channel", "phone"));

    assertThat(runs.of(ticket)).isEmpty();
  }

  @Test
  void an_entry_that_comes_twice_starts_one_run() {
    Ledger.Entry opened = happens("ticket.opened", Map.of("channel", "email"));

    transaction.executeWithoutResult(_ -> triggers.react(opened));

    assertThat(runs.of(ticket)).hasSize(1);
  }

  @Test
  void rules_that_set_each_other_off_are_stopped_with_a_reason() {
    for (int i = 0; i < Triggers.MOST_STARTS + 3; i++) {
      happens("ticket.opened", Map.of("channel", "email"));
    }

    assertThat(runs.of(ticket)).hasSize(Triggers.MOST_STARTS);
    assertThat(
            database
                .sql("select reason from refused_start where subject_id = :id")
                .param("id", ticket.id())
                .query(String.class)
                .list())
        .hasSize(3)
        .allSatisfy(reason -> assertThat(reason).contains("within an hour"));
    passes(Duration.ofMinutes(61));
    happens("ticket.opened", Map.of("channel", "email"));
    assertThat(runs.of(ticket)).hasSize(Triggers.MOST_STARTS + 1);
  }

  @Test
  void a_reply_from_before_the_wait_began_is_not_what_it_waits_for() {
    happens("ticket.opened", Map.of("channel", "email"));
    append("ticket.customer-replied", Map.of());
    complete(theTask(), TOO_LITTLE);
    settle();

    assertThat(theRun().state().open()).singleElement().isInstanceOf(Activation.Wait.class);

    happens("ticket.customer-replied", Map.of());
    assertThat(theTask().title()).isEqualTo("Answer the customer");
  }

  @Test
  void wrong_answers_get_a_sentence_each_and_change_nothing() {
    happens("ticket.opened", Map.of("channel", "email"));

    Completion completion =
        tasks.complete(
            theTask().id(),
            Map.of("category", "odd", "enough", " ", Checklist.box(0), "on"),
            ZoneOffset.UTC,
            ada);

    assertThat(completion)
        .isEqualTo(
            new Completion.Wrong(
                Map.of(
                    "category", "Expected one of simple, hard, but found “odd”.",
                    "enough", "Expected yes or no, but found no answer.")));
    assertThat(theTask().isOpen()).isTrue();
  }

  @Test
  void a_second_click_is_no_mistake_but_a_second_person_is_told() {
    happens("ticket.opened", Map.of("channel", "email"));
    Task task = theTask();
    complete(task, ENOUGH);
    int events = runs.log(theRun().id()).size();

    assertThat(tasks.complete(task.id(), ENOUGH, ZoneOffset.UTC, ada))
        .isInstanceOf(Completion.Done.class);
    assertThat(tasks.complete(task.id(), ENOUGH, ZoneOffset.UTC, somebody("Ines Sørensen")))
        .isEqualTo(
            new Completion.Refused(
                Outcome.Reason.OUTDATED, "Ada Moreno has already done “Read the ticket”."));
    assertThat(runs.log(theRun().id())).hasSize(events);
  }

  @Test
  void of_two_people_at_once_one_wins() throws InterruptedException, ExecutionException {
    Agent ines = somebody("Ines Sørensen");
    for (int round = 0; round < 10; round++) {
      ticket = new Subject("ticket", TICKETS.incrementAndGet());
      happens("ticket.opened", Map.of("channel", "email"));
      TaskId task = theTask().id();

      List<Completion> completions =
          together(
              () -> tasks.complete(task, ENOUGH, ZoneOffset.UTC, ada),
              () -> tasks.complete(task, ENOUGH, ZoneOffset.UTC, ines));

      assertThat(completions).filteredOn(Completion.Done.class::isInstance).hasSize(1);
      assertThat(completions).filteredOn(Completion.Refused.class::isInstance).hasSize(1);
      assertThat(replays.replay(theRun().id())).isEmpty();
    }
  }

  @Test
  void skipping_needs_a_reason_and_keeps_it() {
    happens("ticket.opened", Map.of("channel", "email"));
    complete(theTask(), ENOUGH);
    Task answer = theTask();

    assertThat(tasks.skip(answer.id(), " ", ada)).isInstanceOf(Completion.Refused.class);
    assertThat(tasks.skip(answer.id(), "Solved on the phone.", ada))
        .isInstanceOf(Completion.Done.class);

    assertThat(runs.log(theRun().id()).stream().map(entry -> entry.data().toString()))
        .anyMatch(data -> data.contains("Solved on the phone."));
  }

  @Test
  void an_action_that_fails_leaves_nothing_but_a_fault_that_a_person_mends() {
    NoteAction.broken = true;
    happens("ticket.opened", Map.of("channel", "email"));
    WorkflowRun run = theRun();

    assertThat(run.isFaulted()).isTrue();
    assertThat(runs.faults(1_000)).extracting(WorkflowRun::id).contains(run.id());
    assertThat(settings.get(NoteAction.noted(run.id().value() + "/1"))).isEmpty();
    int fault = run.state().open().getFirst().number();

    runs.retry(run.id(), fault, ada).expected();
    assertThat(theRun().isFaulted()).isTrue();
    NoteAction.broken = false;
    runs.retry(run.id(), theRun().state().open().getFirst().number(), ada).expected();

    assertThat(theTask().title()).isEqualTo("Read the ticket");
    assertThat(runs.retry(run.id(), fault, ada)).isInstanceOf(Outcome.Rejected.class);
    assertThat(replays.replay(run.id())).isEmpty();
  }

  @Test
  void a_fault_can_be_skipped_and_a_run_ended() {
    NoteAction.broken = true;
    happens("ticket.opened", Map.of("channel", "email"));
    RunId run = theRun().id();

    runs.skip(run, theRun().state().open().getFirst().number(), "No note needed.", ada).expected();
    assertThat(theTask().title()).isEqualTo("Read the ticket");
    runs.end(run, "Opened by mistake.", ada).expected();

    assertThat(theRun().state().status()).isEqualTo(Status.CANCELED);
    assertThat(runs.end(run, "Again.", ada)).isInstanceOf(Outcome.Rejected.class);
    assertNothingIsLeftOf(run);
  }

  @Test
  void what_is_rolled_back_leaves_nothing_half() {
    happens("ticket.opened", Map.of("channel", "email"));
    Task task = theTask();
    WorkflowRun before = theRun();

    assertThatThrownBy(() ->
            transaction.executeWithoutResult(_ -> {
              complete(task, TOO_LITTLE);
              throw new IllegalStateException("the node dies");
            }))
        .hasMessage("the node dies");

    assertThat(theRun()).isEqualTo(before);
    assertThat(theTask()).isEqualTo(task);
    assertThat(listenersOf(before.id())).isZero();
    complete(task, ENOUGH);
    assertThat(replays.replay(before.id())).isEmpty();
  }

  @Test
  void a_new_version_serves_new_runs_and_an_open_run_stays_on_its_own() {
    String text =
        Trial.TEXT
            .replace("workflow: trial", "workflow: trial-of-versions")
            .replace("email", "letter");
    String changed = text.replace("Read the ticket", "Open the letter");
    workflows.publish("trial.yaml", text, Actor.SYSTEM);
    happens("ticket.opened", Map.of("channel", "letter"));

    workflows.publish("trial.yaml", changed, Actor.SYSTEM);
    assertThat(workflows.publish("trial.yaml", text, Actor.SYSTEM))
        .isInstanceOf(Workflows.Publication.AlreadyThere.class);
    assertThat(theTask().title()).isEqualTo("Read the ticket");
    complete(theTask(), ENOUGH);
    assertThat(theRun().version().definition().version()).isEqualTo(1);
    assertThat(theTask().title()).isEqualTo("Answer the customer");

    ticket = new Subject("ticket", TICKETS.incrementAndGet());
    happens("ticket.opened", Map.of("channel", "letter"));
    assertThat(theRun().version().definition().version()).isEqualTo(2);
    assertThat(theTask().title()).isEqualTo("Open the letter");
  }

  @Test
  void nodes_that_publish_the_same_text_at_once_make_one_version()
      throws InterruptedException, ExecutionException {
    String text =
        Trial.TEXT
            .replace("workflow: trial", "workflow: trial-of-two-nodes")
            .replace("email", "fax");
    Callable<Workflows.Publication> publish =
        () -> workflows.publish("trial.yaml", text, Actor.SYSTEM);

    together(publish, publish, publish, publish);

    assertThat(workflows.versionsOf("trial-of-two-nodes")).hasSize(1);
  }

  @Test
  void two_hundred_random_runs_replay_equal() {
    var random = new SplittableRandom(20_260_101);
    for (int i = 0; i < 200; i++) {
      ticket = new Subject("ticket", TICKETS.incrementAndGet());
      NoteAction.broken = random.nextInt(10) == 0;
      happens("ticket.opened", Map.of("channel", "email"));
      for (int step = 0; step < 12 && !theRun().state().status().isFinal(); step++) {
        NoteAction.broken = random.nextInt(10) == 0;
        randomStep(random);
      }
      WorkflowRun run = theRun();
      assertThat(replays.replay(run.id())).as("run %d", i).isEmpty();
      if (run.state().status().isFinal()) {
        assertNothingIsLeftOf(run.id());
      }
    }
    assertThat(replays.replayAll().differences()).isEmpty();
  }

  private void randomStep(SplittableRandom random) {
    BooleanSupplier coin = random::nextBoolean;
    WorkflowRun run = theRun();
    if (run.isFaulted() && coin.getAsBoolean()) {
      int fault =
          run.state().open().stream()
              .filter(Activation.Fault.class::isInstance)
              .findFirst()
              .orElseThrow()
              .number();
      if (coin.getAsBoolean()) {
        runs.retry(run.id(), fault, ada).expected();
      } else {
        runs.skip(run.id(), fault, "It is not needed.", ada).expected();
      }
    }
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        for (Task task : tasks.of(ticket)) {
          tasks.complete(
              task.id(),
              Map.of(
                  "category",
                  coin.getAsBoolean() ? "simple" : "hard",
                  "enough",
                  coin.getAsBoolean() ? "yes" : "no",
                  "solved",
                  coin.getAsBoolean() ? "yes" : "no",
                  Checklist.box(0),
                  "on"),
              ZoneOffset.UTC,
              ada);
        }
      }
      case 2 -> tasks.of(ticket).forEach(task -> tasks.skip(task.id(), "Not today.", ada));
      case 3 -> happens("ticket.customer-replied", Map.of());
      default -> passes(Duration.ofHours(random.nextInt(72)));
    }
  }

  private Ledger.Entry happens(String kind, Map<String, Object> data) {
    Ledger.Entry entry = append(kind, data);
    settle();
    return entry;
  }

  private Ledger.Entry append(String kind, Map<String, Object> data) {
    Ledger.Written written =
        transaction.execute(_ -> ledger.append(ticket, ++revision, kind, Actor.SYSTEM, data));
    assertThat(written).isNotNull();
    return written.entry();
  }

  private void passes(Duration time) {
    clock.moveTo(clock.instant().plus(time));
    settle();
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
  }

  private void complete(Task task, Map<String, String> answers) {
    assertThat(tasks.complete(task.id(), answers, ZoneOffset.UTC, ada))
        .isInstanceOf(Completion.Done.class);
  }

  private WorkflowRun theRun() {
    return runs.of(ticket).getFirst();
  }

  private Task theTask() {
    assertThat(tasks.of(ticket)).hasSize(1);
    return tasks.of(ticket).getFirst();
  }

  private Agent somebody(String name) {
    String email = "workflow" + PEOPLE.incrementAndGet() + "@evergreen.example";
    return agents.add(new NewAgent(name, email, Role.AGENT, List.of()), Actor.SYSTEM).expected();
  }

  private void assertNothingIsLeftOf(RunId run) {
    assertThat(tasks.of(ticket)).isEmpty();
    assertThat(listenersOf(run)).isZero();
    assertThat(
            database
                .sql("select count(*) from due where kind = 'workflow.timer' and key like :keys")
                .param("keys", run.value() + "/%")
                .query(Integer.class)
                .single())
        .isZero();
  }

  private int listenersOf(RunId run) {
    return database
        .sql("select count(*) from run_listener where run = :run")
        .param("run", run.value())
        .query(Integer.class)
        .single();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <T> List<T> together(Callable<T>... callables)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = threads.invokeAll(Arrays.asList(callables));
      return futures.stream().map(future -> future.resultNow()).toList();
    }
  }
}
