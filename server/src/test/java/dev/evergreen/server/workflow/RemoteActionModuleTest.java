package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Event;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/// Actions that reach outside: performed after the commit, at least once, by one node at a time,
/// with a result that counts only while it is wanted.
@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
class RemoteActionModuleTest {
  private static final AtomicLong TICKETS = new AtomicLong(7_000_000);

  @SuppressWarnings("InlineFormatString") // a file by itself
  private static final String HEAD =
      """
      workflow: reaching-%2$s
      title: A trial of what reaches outside
      process: support
      kind: service
      about: ticket
      purpose: Somebody outside is told.
      owner: support-operations
      review every: 90 days
      start:
        - on: ticket.opened
          when: event.channel == "nowhere"
      steps:
        - run: trial.%1$s
          title: Tell somebody outside
          with: {text: hello}
      """;

  @Autowired Workflows workflows;
  @Autowired Runs runs;
  @Autowired Replays replays;
  @Autowired Agents agents;
  @Autowired RemoteEffects effects;
  @Autowired Performers performers;
  @Autowired Work work;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient database;

  Subject ticket;
  Agent ada;
  final List<String> effectIds = new CopyOnWriteArrayList<>();

  @BeforeEach
  void a_ticket_and_somebody() {
    effectIds.clear();
    ticket = new Subject("ticket", TICKETS.incrementAndGet());
    ada =
        agents
            .add(
                new NewAgent(
                    "Ada", "ada-" + ticket.id() + "@outside.example", Role.AGENT, List.of()),
                Actor.SYSTEM)
            .expected();
  }

  @Test
  void it_is_performed_after_the_commit_and_its_outcome_becomes_run_data() throws Exception {
    outside(() -> Map.of("answer", "welcome"));
    RunId run = start("reach", "");

    assertThat(effectIds).isEmpty();
    assertThat(of(run).state().status()).isEqualTo(Status.RUNNING);
    perform();

    assertThat(effectIds).containsExactly(run.value() + "/1");
    assertThat(of(run).state().data()).containsEntry("answer", "welcome");
    assertThat(of(run).state().status()).isEqualTo(Status.ENDED);
    assertThat(rows(run)).isZero();
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_failure_is_tried_again_as_the_step_says_and_then_waits_for_a_person() throws Exception {
    outside(() -> {
      throw new IllegalStateException("expected an open door, but found it locked");
    });
    RunId run = start("reach", "    retry: 2 times\n");

    perform();
    assertThat(of(run).state().status()).isEqualTo(Status.RUNNING);
    perform();
    assertThat(effectIds).as("not before its time").hasSize(1);
    passes(Duration.ofMinutes(1));
    perform();
    passes(Duration.ofMinutes(2));
    perform();

    assertThat(effectIds).hasSize(3).containsOnly(run.value() + "/1");
    assertThat(of(run).state().status()).isEqualTo(Status.FAULTED);
    assertThat(events(run, Event.FaultRaised.class))
        .singleElement()
        .satisfies(fault ->
            assertThat(fault.problem()).isEqualTo("expected an open door, but found it locked"));
    outside(Map::of);
    runs.retry(run, 1, ada).expected();
    perform();

    assertThat(effectIds).hasSize(4).containsOnly(run.value() + "/1");
    assertThat(of(run).state().status()).isEqualTo(Status.ENDED);
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void what_takes_too_long_has_failed() throws Exception {
    outside(() -> {
      Thread.sleep(20_000);
      return Map.of();
    });
    RunId run = start("reach", "");

    perform();

    assertThat(events(run, Event.FaultRaised.class))
        .singleElement()
        .satisfies(fault ->
            assertThat(fault.problem())
                .isEqualTo("expected an answer within 1 seconds, but there was none"));
  }

  @Test
  void an_expired_lease_fences_whoever_had_it() {
    RunId run = start("reach", "");
    RemoteEffects.Taken first = take(run);
    assertThat(effects.take(Set.of("trial.reach"), 100)).isEmpty();
    leaseIsOver(run);
    RemoteEffects.Taken second = take(run);

    assertThat(second.tries()).isEqualTo(2);
    assertThat(second.term()).isGreaterThan(first.term());
    assertThat(effects.extend(first)).isFalse();
    performers.report(first, succeeded("first"));
    assertThat(of(run).state().status()).isEqualTo(Status.RUNNING);
    assertThat(effects.extend(second)).isTrue();
    performers.report(second, succeeded("second"));

    assertThat(of(run).state().data()).containsEntry("answer", "second");
    long revision = of(run).revision();
    performers.report(first, succeeded("first"));
    assertThat(of(run).state().data()).containsEntry("answer", "second");
    assertThat(of(run).revision()).isEqualTo(revision + 1);
    assertThat(events(run, Event.Ignored.class)).hasSize(1);
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_term_never_comes_back_when_the_same_action_is_asked_for_again() {
    RunId run = start("reach", "");
    RemoteEffects.Taken late = take(run);
    leaseIsOver(run);
    RemoteEffects.Taken next = take(run);
    performers.report(next, new Input.Failed(1, "expected a line, but it is busy"));
    runs.retry(run, 1, ada).expected();

    performers.report(late, succeeded("late"));

    assertThat(of(run).state().status()).isEqualTo(Status.RUNNING);
    assertThat(effects.extend(late)).isFalse();
    performers.report(take(run), succeeded("right"));
    assertThat(of(run).state().data()).containsEntry("answer", "right");
  }

  @Test
  void a_late_outcome_of_what_was_withdrawn_is_recorded_and_changes_nothing() {
    RunId run = start("reach", "");
    RemoteEffects.Taken taken = take(run);

    runs.end(run, "Not wanted any more", ada).expected();
    assertThat(rows(run)).isZero();
    assertThat(effects.extend(taken)).isFalse();
    performers.report(taken, succeeded("late"));

    assertThat(of(run).state().status()).isEqualTo(Status.CANCELED);
    assertThat(of(run).state().data()).isEmpty();
    assertThat(events(run, Event.Ignored.class))
        .singleElement()
        .satisfies(ignored -> assertThat(ignored.what()).contains("ActionSucceeded"));
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_skipped_step_takes_its_action_back() throws Exception {
    RunId run = start("reach", "");

    runs.deviate(run, 1, "They know already", ada).expected();
    perform();

    assertThat(effectIds).isEmpty();
    assertThat(of(run).state().status()).isEqualTo(Status.ENDED);
  }

  @Test
  void what_must_not_be_done_twice_fails_when_its_performer_is_lost() throws Exception {
    outside(Map::of);
    RunId run = start("ring", "");
    assertThat(effects.take(Set.of("trial.ring"), 100)).hasSize(1);
    leaseIsOver(run);

    perform();

    assertThat(effectIds).isEmpty();
    assertThat(events(run, Event.FaultRaised.class))
        .singleElement()
        .satisfies(fault -> assertThat(fault.problem()).contains("must not be done twice"));
  }

  @Test
  void what_ends_whoever_performs_it_is_given_up() throws Exception {
    outside(Map::of);
    RunId run = start("reach", "");
    database
        .sql("update run_effect set tries = :tries where run = :run")
        .param("tries", Performers.MOST_TRIES)
        .param("run", run.value())
        .update();

    perform();

    assertThat(effectIds).isEmpty();
    assertThat(events(run, Event.FaultRaised.class))
        .singleElement()
        .satisfies(fault -> assertThat(fault.problem()).contains("it was begun 20 times"));
  }

  private interface Said {
    Map<String, Object> now() throws InterruptedException;
  }

  private void outside(Said said) {
    Trial.Outside.REACTIONS.put(
        ticket.id(),
        (_, call) -> {
          effectIds.add(call.effectId());
          return said.now();
        });
  }

  private RunId start(String action, String rest) {
    workflows.publish("x.yaml", HEAD.formatted(action, ticket.id()) + rest, Actor.SYSTEM);
    return runs.start(workflows.withName("reaching-" + ticket.id()).orElseThrow(), ticket);
  }

  private static Input.ActionSucceeded succeeded(String answer) {
    return new Input.ActionSucceeded(1, Map.of("answer", answer));
  }

  private RemoteEffects.Taken take(RunId run) {
    return effects.take(Set.of("trial.reach"), 100).stream()
        .filter(taken -> taken.run().equals(run))
        .findFirst()
        .orElseThrow();
  }

  private void leaseIsOver(RunId run) {
    database
        .sql("update run_effect set due_at = now() where run = :run")
        .param("run", run.value())
        .update();
  }

  private void perform() throws InterruptedException {
    performers.takeUp();
    assertThat(performers.awaitIdle(Duration.ofSeconds(10))).isTrue();
  }

  private void passes(Duration time) {
    clock.moveTo(clock.instant().plus(time));
    assertThat(work.settle(Duration.ofSeconds(10))).isTrue();
  }

  private WorkflowRun of(RunId run) {
    return runs.withId(run).orElseThrow();
  }

  private <E extends Event> List<E> events(RunId run, Class<E> kind) {
    return runs.history(run).stream()
        .map(RunEvent::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private long rows(RunId run) {
    return database
        .sql("select count(*) from run_effect where run = :run")
        .param("run", run.value())
        .query(Long.class)
        .single();
  }
}
