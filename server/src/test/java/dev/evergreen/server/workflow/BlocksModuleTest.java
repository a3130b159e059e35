package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.language.Asking;
import dev.evergreen.language.Call;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The blocks that reach other runs, the customer, and the past.
@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import({Trial.class, BlocksModuleTest.Customers.class})
class BlocksModuleTest {
  private static final AtomicLong TICKETS = new AtomicLong(500_000);

  @SuppressWarnings("InlineFormatString") // how every trial begins
  private static final String HEAD =
      """
      workflow: %s
      title: A trial of blocks
      process: support
      kind: service
      about: ticket
      purpose: One block is gone through.
      owner: support-operations
      review every: 90 days
      start:
        - on: ticket.opened
          when: event.channel == "nowhere"
      """;

  @Autowired Workflows workflows;
  @Autowired Runs runs;
  @Autowired Tasks tasks;
  @Autowired Replays replays;
  @Autowired Agents agents;
  @Autowired Teams teams;
  @Autowired Ledger ledger;
  @Autowired Work work;
  @Autowired DatabaseClock clock;
  @Autowired TransactionTemplate transaction;
  @Autowired Customers customers;

  Subject ticket;
  Agent ada;
  private long revision;

  /// The customer of every ticket: remembers what was asked, and says what the event carries.
  @Component
  static class Customers implements Asking {
    final List<String> asked = new CopyOnWriteArrayList<>();

    @Override
    public String subjectKind() {
      return "ticket";
    }

    @Override
    public List<String> answers() {
      return List.of("ticket.customer-replied");
    }

    @Override
    public void ask(String question, Call call) {
      asked.add(question + " " + call.effectId().split("/")[2]);
    }

    @Override
    public String said(Map<String, Object> event) {
      return String.valueOf(event.get("said"));
    }
  }

  @BeforeEach
  void a_ticket_and_somebody() {
    ticket = new Subject("ticket", TICKETS.incrementAndGet());
    ada =
        agents
            .add(
                new NewAgent(
                    "Ada", "ada-" + ticket.id() + "@blocks.example", Role.AGENT, List.of()),
                Actor.SYSTEM)
            .expected();
    customers.asked.clear();
  }

  @Test
  void a_customer_is_asked_again_until_an_answer_fits() {
    RunId run =
        start(
            "asking",
            """
            steps:
              - ask: Would you like a refund or an exchange?
                into:
                  wish: [refund, exchange]
                attempts: 2 times
                at most: 5 business days
                else:
                  - end: silent
              - end: asked
            """);

    happens("ticket.customer-replied", Map.of("said", "Neither, thank you."));
    happens("ticket.customer-replied", Map.of("said", "Exchange!\nBest wishes"));

    assertThat(customers.asked)
        .containsExactly(
            "Would you like a refund or an exchange? 1",
            "Would you like a refund or an exchange? 2");
    assertThat(of(run).state().outcome()).isEqualTo("asked");
    assertThat(of(run).state().data()).containsEntry("wish", "exchange");
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_step_that_asks_for_evidence_is_done_with_it() {
    RunId run =
        start(
            "paying",
            """
            steps:
              - do: Pay the money back
                by: team frontline
                within: 1 day
                evidence: required
              - end: paid
            """);
    Task task = tasks.of(ticket).getFirst();

    assertThat(tasks.complete(task.id(), Map.of(Forms.EVIDENCE, " "), ZoneOffset.UTC, ada))
        .isInstanceOfSatisfying(
            Completion.Wrong.class,
            wrong ->
                assertThat(wrong.fields().get(Forms.EVIDENCE))
                    .startsWith("Expected what shows that it was done"));
    assertThat(tasks.complete(task.id(), Map.of(Forms.EVIDENCE, "SEPA 4711"), ZoneOffset.UTC, ada))
        .isInstanceOf(Completion.Done.class);
    settle();

    assertThat(of(run).state().outcome()).isEqualTo("paid");
    assertThat(runs.history(run))
        .extracting(RunEvent::event)
        .anyMatch(event ->
            event instanceof Event.TaskCompleted done && "SEPA 4711".equals(done.evidence()));
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_called_run_gives_its_outcome_back() {
    publish(
        "called-" + ticket.id(),
        "steps:\n  - do: Look into it\n    by: team frontline\n    within: 1 day\n  - end: looked\n");
    RunId run =
        start(
            "calling",
            """
            data:
              found: text
            steps:
              - call: called-%d
                title: Have it looked into
                into: {found: outcome}
              - end: called
            """
                .formatted(ticket.id()));

    complete();

    assertThat(of(run).state().outcome()).isEqualTo("called");
    assertThat(of(run).state().data()).containsEntry("found", "looked");
    assertThat(runs.of(ticket)).hasSize(2).allMatch(one -> one.state().status() == Status.ENDED);
  }

  @Test
  void a_called_run_ends_with_its_caller() {
    publish(
        "left-" + ticket.id(),
        "steps:\n  - do: Look into it\n    by: team frontline\n    within: 1 day\n  - end: looked\n");
    RunId run =
        start(
            "leaving",
            """
            steps:
              - call: left-%d
                title: Have it looked into
              - end: called
            """
                .formatted(ticket.id()));

    var _ = runs.end(run, "The customer has found it.", ada).expected();
    settle();

    assertThat(runs.of(ticket)).allMatch(one -> one.state().status() == Status.CANCELED);
    assertThat(tasks.of(ticket)).isEmpty();
  }

  @Test
  void the_first_branch_to_end_withdraws_the_other() {
    RunId run =
        start(
            "racing",
            """
            steps:
              - together: Whatever comes first
                until: any
                branch person:
                  - do: Look into it
                    by: team frontline
                    within: 1 day
                branch customer:
                  - wait: ticket.customer-replied
                    title: Wait for the customer
                    at most: 2 days
                    else:
                      - end: silent
              - end: raced
            """);
    assertThat(tasks.of(ticket)).hasSize(1);

    happens("ticket.customer-replied", Map.of("said", "Never mind."));

    assertThat(of(run).state().outcome()).isEqualTo("raced");
    assertThat(tasks.of(ticket)).isEmpty();
  }

  @Test
  void a_wait_looks_back_to_the_begin_of_a_step() {
    RunId run =
        start(
            "looking-back",
            """
            steps:
              - do: Write to the customer
                by: team frontline
                within: 1 day
              - wait: ticket.customer-replied
                title: Wait for the customer
                since: Write to the customer
                at most: 2 days
                else:
                  - end: silent
              - end: heard
            """);
    happens("ticket.customer-replied", Map.of("said", "By the way"));
    assertThat(of(run).state().status()).isEqualTo(Status.RUNNING);

    complete();

    assertThat(of(run).state().outcome()).isEqualTo("heard");
  }

  @Test
  void a_handler_fires_beside_the_step_and_a_task_can_be_given_to_another_team() {
    RunId run =
        start(
            "handling",
            """
            steps:
              - do: Look into it
                by: team frontline
                within: 2 days
                on:
                  - after: 4 hours
                    alongside: true
                    steps:
                      - do: Ask what holds it up
                        by: team leads
                        within: 1 day
              - end: done
            """);
    Task first = tasks.of(ticket).getFirst();
    assertThat(tasks.reassign(first.id(), new DoStep.Assignee.Team("technical"), ada))
        .isInstanceOf(Completion.Done.class);

    clock.moveTo(clock.instant().plus(Duration.ofHours(5)));
    settle();

    assertThat(tasks.of(ticket))
        .extracting(task -> task.assignee().team())
        .containsExactlyInAnyOrder("technical", "leads");
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void what_waits_in_a_queue_is_for_everybody_of_the_team_the_most_urgent_first() {
    Team crew = teams.create("crew-" + ticket.id(), "Crew " + ticket.id(), Actor.SYSTEM).expected();
    Agent grace =
        agents
            .add(
                new NewAgent(
                    "Grace",
                    "grace-" + ticket.id() + "@blocks.example",
                    Role.AGENT,
                    List.of(crew.id())),
                Actor.SYSTEM)
            .expected();
    start(
        "queueing",
        """
        steps:
          - together: Answer both
            branch one:
              - do: Answer in two days
                by: queue %1$s
                within: 2 days
            branch two:
              - do: Answer in an hour
                by: queue %1$s
                within: 1 hour
          - end: done
        """
            .formatted(crew.key()));

    assertThat(tasks.openFor(grace, 10))
        .extracting(Task::title)
        .containsExactly("Answer in an hour", "Answer in two days");
    assertThat(tasks.openFor(ada, 10)).isEmpty();
  }

  private RunId start(String name, String steps) {
    Version version = publish(name + "-" + ticket.id(), steps);
    RunId run = runs.start(version, ticket);
    settle();
    return run;
  }

  private Version publish(String name, String steps) {
    var published = workflows.publish(name, HEAD.formatted(name) + "\n" + steps, Actor.SYSTEM);
    assertThat(published)
        .as(published.toString())
        .isInstanceOf(Workflows.Publication.Published.class);
    return workflows.withName(name).orElseThrow();
  }

  private void happens(String kind, Map<String, Object> data) {
    transaction.executeWithoutResult(
        _ -> ledger.append(ticket, ++revision, kind, Actor.SYSTEM, data));
    settle();
  }

  private void complete() {
    Task task = tasks.of(ticket).getFirst();
    assertThat(tasks.complete(task.id(), Map.of(), ZoneOffset.UTC, ada))
        .isInstanceOf(Completion.Done.class);
    settle();
  }

  private WorkflowRun of(RunId run) {
    return runs.withId(run).orElseThrow();
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
  }
}
