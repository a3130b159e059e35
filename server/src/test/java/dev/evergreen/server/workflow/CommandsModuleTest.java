package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.workflow.Trial.NoteAction;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.transaction.support.TransactionTemplate;

/// A person's command is done once, whoever loses the answer to it and however often it comes.
@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
class CommandsModuleTest {
  private static final AtomicLong TICKETS = new AtomicLong(9_000_000);
  private static final Map<String, String> ANSWERS =
      Map.of("category", "simple", "enough", "yes", Checklist.box(0), "on");

  @Autowired Workflows workflows;
  @Autowired Runs runs;
  @Autowired Tasks tasks;
  @Autowired Commands commands;
  @Autowired Replays replays;
  @Autowired Agents agents;
  @Autowired Settings settings;
  @Autowired JdbcClient database;
  @Autowired TransactionTemplate transaction;

  Subject ticket;
  Agent ada;
  CommandId id;

  @BeforeEach
  void somebody_with_something_to_do() {
    ticket = new Subject("ticket", TICKETS.incrementAndGet());
    id = CommandId.fresh();
    ada =
        agents
            .add(
                new NewAgent(
                    "Ada", "ada-" + ticket.id() + "@commands.example", Role.LEAD, List.of()),
                Actor.SYSTEM)
            .expected();
    workflows.publish("trial.yaml", Trial.TEXT, Actor.SYSTEM);
  }

  @Test
  void the_same_command_has_the_first_answer_again_and_is_done_once() {
    RunId run = stopped();

    assertThat(commands.retry(id, run, 1, ada)).isInstanceOf(Outcome.Accepted.class);
    assertThat(commands.retry(id, run, 1, ada)).isInstanceOf(Outcome.Accepted.class);
    assertThat(commands.retry(CommandId.fresh(), run, 1, ada))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.OUTDATED));
    assertThat(count(run, Event.FaultCleared.class)).isEqualTo(1);

    CommandId ending = CommandId.fresh();
    assertThat(commands.end(ending, run, "Not needed", ada).expected().state().status())
        .isEqualTo(Status.CANCELED);
    assertThat(commands.end(ending, run, "Not needed", ada)).isInstanceOf(Outcome.Accepted.class);
    assertThat(commands.end(CommandId.fresh(), run, "Not needed", ada))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(count(run, Event.RunCanceled.class)).isEqualTo(1);
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void what_was_refused_has_done_nothing_and_may_be_given_again() {
    Task task = task();

    assertThat(complete(id, task, Map.of("category", "neither")))
        .isInstanceOf(Completion.Wrong.class);
    assertThat(complete(id, task, ANSWERS)).isInstanceOf(Completion.Done.class);
    assertThat(complete(id, task, ANSWERS)).isInstanceOf(Completion.Done.class);
    assertThat(count(task.origin().run(), Event.TaskCompleted.class)).isEqualTo(1);
  }

  @Test
  void an_id_stands_for_one_command_only() {
    Task task = task();
    RunId run = task.origin().run();
    assertThat(complete(id, task, ANSWERS)).isInstanceOf(Completion.Done.class);

    assertThat(commands.end(id, run, "Not needed", ada))
        .isEqualTo(
            Outcome.rejected(
                Reason.INVALID,
                "Expected a command that was not given before, but its id stands for the complete of task %d."
                    .formatted(task.id().value())));
    assertThat(runs.withId(run).orElseThrow().state().status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void given_many_times_at_once_it_is_done_once_and_everybody_hears_the_same() throws Exception {
    RunId run = stopped();
    Task task = task();

    List<Outcome<WorkflowRun>> retried = together(() -> commands.retry(id, run, 1, ada));
    CommandId completing = CommandId.fresh();
    List<Completion> completed = together(() -> complete(completing, task, ANSWERS));
    CommandId ending = CommandId.fresh();
    List<Outcome<WorkflowRun>> ended =
        together(() -> commands.end(ending, task.origin().run(), "Not needed", ada));

    assertThat(retried).hasSize(8).allMatch(Outcome.Accepted.class::isInstance);
    assertThat(completed).hasSize(8).allMatch(Completion.Done.class::isInstance);
    assertThat(ended).hasSize(8).allMatch(Outcome.Accepted.class::isInstance);
    assertThat(count(run, Event.FaultCleared.class)).isEqualTo(1);
    assertThat(count(task.origin().run(), Event.TaskCompleted.class)).isEqualTo(1);
    assertThat(count(task.origin().run(), Event.RunCanceled.class)).isEqualTo(1);
  }

  @Test
  void a_command_that_the_database_undid_for_anothers_sake_is_taken_again() throws Exception {
    RunId run = stopped();
    long before = deadlocks();
    var waits = new CountDownLatch(1);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> other =
          threads.submit(() ->
              transaction.executeWithoutResult(_ -> {
                settings.put(NoteAction.noted(run.value() + "/1"), "mine"); // its action wants it
                waits.countDown();
                awaitSomebodyWaiting();
                database
                    .sql("select id from run where id = :id for update")
                    .param("id", run.value())
                    .query(Long.class)
                    .single();
              }));
      assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
      Outcome<WorkflowRun> outcome = commands.retry(id, run, 1, ada);
      other.get(30, TimeUnit.SECONDS);

      assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }
    assertThat(deadlocksAfter(before)).as("deadlocks that the database has resolved").isPositive();
    assertThat(count(run, Event.FaultCleared.class)).isEqualTo(1);
    assertThat(runs.withId(run).orElseThrow().isFaulted()).isFalse();
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void ids_are_forgotten_after_two_days() {
    Task task = task();
    complete(id, task, ANSWERS);
    assertThat(kept(id)).isEqualTo(1);
    database
        .sql("update submission set at = at - interval '2 days 1 second' where key like :key")
        .param("key", "%" + id.value())
        .update();

    commands.end(CommandId.fresh(), task.origin().run(), "Not needed", ada).expected();

    assertThat(kept(id)).isZero();
  }

  /// A run that a broken action has stopped, and whose action would succeed now.
  private RunId stopped() {
    NoteAction.broken = true;
    try {
      return runs.start(workflows.withName("trial").orElseThrow(), ticket);
    } finally {
      NoteAction.broken = false;
    }
  }

  private Task task() {
    var other = new Subject("ticket", TICKETS.incrementAndGet());
    runs.start(workflows.withName("trial").orElseThrow(), other);
    return tasks.of(other).getFirst();
  }

  private Completion complete(CommandId command, Task task, Map<String, String> answers) {
    return commands.complete(command, task.id(), answers, ZoneOffset.UTC, ada);
  }

  private static <T> List<T> together(Callable<T> command) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var given = threads.invokeAll(Stream.generate(() -> command).limit(8).toList());
      var answers = new java.util.ArrayList<T>();
      for (Future<T> one : given) {
        answers.add(one.get());
      }
      return answers;
    }
  }

  private void awaitSomebodyWaiting() {
    for (int tries = 0; tries < 400; tries++) {
      long waiting =
          database
              .sql(
                  """
                  select count(*) from pg_stat_activity
                  where datname = current_database() and wait_event_type = 'Lock'
                  """)
              .query(Long.class)
              .single();
      if (waiting > 0) {
        return;
      }
      pause();
    }
    throw new IllegalStateException("expected a command that waits for this transaction");
  }

  /// How many more deadlocks than before the database has resolved; its statistics may be late.
  private long deadlocksAfter(long before) {
    for (int tries = 0; tries < 400 && deadlocks() == before; tries++) {
      pause();
    }
    return deadlocks() - before;
  }

  private long deadlocks() {
    return database
        .sql("select deadlocks from pg_stat_database where datname = current_database()")
        .query(Long.class)
        .single();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long kept(CommandId command) {
    return database
        .sql("select count(*) from submission where key like :key")
        .param("key", "%" + command.value())
        .query(Long.class)
        .single();
  }

  private long count(RunId run, Class<? extends Event> kind) {
    return runs.history(run).stream().map(RunEvent::event).filter(kind::isInstance).count();
  }
}
