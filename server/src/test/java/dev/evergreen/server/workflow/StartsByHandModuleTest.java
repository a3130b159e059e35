package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.workflow.web.Milestones;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
class StartsByHandModuleTest {
  private static final AtomicLong TICKETS = new AtomicLong(3_000_000);
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  private static final String BY_HAND =
      """
      workflow: audit-a-case
      title: Audit a case
      process: support
      about: ticket
      purpose: A second pair of eyes looks at a case, and says what it finds.
      owner: support-operations
      start: by hand
      inputs:
        depth:
          label: How closely?
          choices: [briefly, closely]
        remark: optional text
      steps:
        - do: Look at the case
          by: team frontline
          within: 1 business day
        - end: audited
      """;

  @Autowired Workflows workflows;
  @Autowired StartsByHand starts;
  @Autowired Runs runs;
  @Autowired Tasks tasks;
  @Autowired Milestones milestones;
  @Autowired Agents agents;

  Agent ada;
  Subject ticket;

  @BeforeEach
  void a_workflow_that_people_start() {
    workflows.publish("trial.yaml", Trial.TEXT, Actor.SYSTEM);
    workflows.publish("audit-a-case.yaml", BY_HAND, Actor.SYSTEM);
    ada = somebody(Role.AGENT);
    ticket = new Subject("ticket", TICKETS.incrementAndGet());
  }

  @Test
  void a_person_starts_a_workflow_and_the_record_says_who() {
    assertThat(starts.about("ticket"))
        .extracting(Version::name)
        .contains("audit-a-case")
        .doesNotContain("trial");

    RunId run = start(Map.of("depth", "closely"), ada).expected();

    assertThat(tasks.of(ticket)).extracting(Task::title).containsExactly("Look at the case");
    assertThat(runs.history(run).getFirst().by()).isEqualTo(ada.actor());
    assertThat(runs.history(run).get(1).by().kind()).isEqualTo("workflow");
    assertThat(milestones.of(runs.of(ticket)))
        .extracting(Milestones.Milestone::who, Milestones.Milestone::what)
        .contains(tuple(ada.name(), "started the workflow “Audit a case”"));
  }

  @Test
  void what_it_is_started_with_is_read_or_named_field_by_field() {
    Version version = starts.withName("audit-a-case").orElseThrow();

    var wrong = starts.read(version, Map.of("depth", "deeply"), ZoneOffset.UTC);
    assertThat(wrong.wrong().get("depth")).startsWith("Expected one of").contains("“deeply”");
    assertThat(starts.read(version, Map.of(), ZoneOffset.UTC).wrong()).containsOnlyKeys("depth");
    assertThat(starts.read(version, Map.of("depth", "briefly", "remark", " "), ZoneOffset.UTC))
        .isEqualTo(new StartsByHand.Given(Map.of("depth", "briefly"), Map.of()));
    assertRefused(start(Map.of(), ada), Outcome.Reason.INVALID);
    assertThat(runs.of(ticket)).isEmpty();
  }

  @Test
  void a_second_one_starts_only_when_the_first_is_over() {
    start(Map.of("depth", "closely"), ada).expected();
    assertRefused(start(Map.of("depth", "closely"), ada), Outcome.Reason.TAKEN);

    Task look = tasks.of(ticket).getFirst();
    tasks.complete(look.id(), Map.of(), ZoneOffset.UTC, ada);

    start(Map.of("depth", "briefly"), ada).expected();
    assertThat(runs.of(ticket)).hasSize(2);
  }

  @Test
  void of_two_who_start_it_at_once_one_does() throws Exception {
    Callable<Outcome<RunId>> press = () -> start(Map.of("depth", "closely"), ada);
    try (var people = Executors.newFixedThreadPool(4)) {
      for (var pressed : people.invokeAll(List.of(press, press, press, press))) {
        pressed.get();
      }
    }

    assertThat(runs.of(ticket)).hasSize(1);
  }

  @Test
  void what_is_not_started_by_hand_or_not_by_them_is_not_there() {
    assertRefused(starts.start("trial", ticket, Map.of(), ada), Outcome.Reason.UNKNOWN);
    assertRefused(
        start(Map.of("depth", "closely"), somebody(Role.COLLABORATOR)), Outcome.Reason.UNKNOWN);
    assertRefused(
        starts.start("audit-a-case", new Subject("customer", 1), Map.of("depth", "closely"), ada),
        Outcome.Reason.UNKNOWN);
    assertThat(runs.of(ticket)).isEmpty();
  }

  private Outcome<RunId> start(Map<String, Object> data, Agent by) {
    return starts.start("audit-a-case", ticket, data, by);
  }

  private static void assertRefused(Outcome<RunId> outcome, Outcome.Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  private Agent somebody(Role role) {
    return agents
        .add(
            new NewAgent(
                "Ada Moreno",
                "starts" + PEOPLE.incrementAndGet() + "@evergreen.example",
                role,
                List.of()),
            Actor.SYSTEM)
        .expected();
  }
}
