package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 6, and 9 where two nodes get the same command: no ticket gets two owners by a race, and
/// no step is done by two people. Agents fight for every ticket, each of whom sends the same
/// command by both nodes at once; each is answered, both answers are the same, and the answers fit
/// one winner.
@Tag("fault")
class RaceTest {
  private static final int AGENTS = Effort.of(8, 64);
  private static final int TICKETS = Effort.of(12, 5_000);
  private static final int RIVALS = 8;

  private final Pair pair = Pair.ready();

  /// What became of a ticket: what was won twice, not answered, or answered in two ways.
  private record Outcome(int doubled, int unanswered, int torn) {
    Outcome and(Outcome other) {
      return new Outcome(doubled + other.doubled, unanswered + other.unanswered, torn + other.torn);
    }
  }

  @Test
  void one_agent_wins_each_ticket_and_one_person_does_each_step() throws Exception {
    long seed = Effort.seed();
    var random = new Random(seed);
    var agents =
        new ArrayList<>(
            IntStream.range(0, AGENTS)
                .mapToObj(number -> Rival.at(pair, "rival-" + number))
                .toList());
    List<Long> tickets = tickets();
    var total = new Outcome(0, 0, 0);
    for (int from = 0; from < TICKETS; from += AGENTS / RIVALS) {
      Collections.shuffle(agents, random);
      var fights = new ArrayList<Callable<Outcome>>();
      for (int group = 0; group < AGENTS / RIVALS && from + group < TICKETS; group++) {
        var rivals = List.copyOf(agents.subList(group * RIVALS, (group + 1) * RIVALS));
        long ticket = tickets.get(from + group);
        fights.add(() -> fight(rivals, ticket));
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var fought : threads.invokeAll(fights)) {
          total = total.and(fought.get());
        }
      }
    }
    agents.forEach(Rival::close);
    new Verdict(
            "PR6 and PR9 race of %d agents for tickets and their steps, each by both nodes at once; late counts those told two things or nothing"
                .formatted(AGENTS),
            seed,
            Map.of("tickets", TICKETS, "commands sent twice", 2 * TICKETS * RIVALS),
            new Verdict.Counts(2 * TICKETS, 0, total.doubled(), total.unanswered() + total.torn()))
        .publish();

    assertThat(total.doubled()).as("won twice").isZero();
    assertThat(total.unanswered()).as("neither won nor told who was faster").isZero();
    assertThat(total.torn()).as("told two things of one command").isZero();
  }

  private Outcome fight(List<Rival> rivals, long ticket) throws Exception {
    long revision = one("select revision from ticket where id = :id", ticket);
    var taken =
        Rival.fight(
            rivals,
            "/tickets/" + ticket + "/assignment",
            agent -> Map.of("agent", "" + agent.id().value(), "revision", "" + revision));
    var task = one("select id from task where subject_id = :id and status = 'OPEN'", ticket);
    var done =
        Rival.fight(
            rivals,
            "/tasks/" + task + "/completion",
            _ -> Map.of("category", "product", "priority", "normal", "enough_information", "yes"));
    int doubled =
        taken.winners().size() - 1 + done.winners().size() - 1 + doubledIn(ticket, taken, done);
    return new Outcome(doubled, taken.unanswered() + done.unanswered(), taken.torn() + done.torn());
  }

  /// What the database knows must be what the winners were told.
  private int doubledIn(long ticket, Rival.Fight taken, Rival.Fight done) {
    assertThat(taken.winners()).as("who took ticket " + ticket).isNotEmpty();
    assertThat(done.winners()).as("who did the step of ticket " + ticket).isNotEmpty();
    var owner = one("select agent_id from ticket where id = :id", ticket);
    var doer =
        one(
            "select ended_by from task where subject_id = :id and status = 'DONE' order by id limit 1",
            ticket);
    long assignments =
        one(
            """
            select count(*) from ledger
            where subject_kind = 'ticket' and subject_id = :id and kind = 'ticket.assigned'
            """,
            ticket);
    long completions =
        one(
            """
            select count(*) from ledger
            join run on ledger.subject_kind = 'run' and run.id = ledger.subject_id
            where ledger.kind = 'run.task-completed' and run.subject_id = :id
            """,
            ticket);
    boolean right =
        taken.winners().getFirst().id().value() == owner
            && done.winners().getFirst().id().value() == doer
            && assignments == 1
            && completions == 1;
    return right ? 0 : 1;
  }

  private long one(String sql, long id) {
    return pair.installation.database().sql(sql).param("id", id).query(Long.class).single();
  }

  /// Tickets whose first step waits for a person.
  private List<Long> tickets() {
    var customers = new Sender("Fight");
    IntStream.rangeClosed(1, TICKETS)
        .forEach(number -> customers.insist(() -> pair.first.node(), number));
    Installation.await(
        "a step to do on each ticket",
        Installation.PATIENCE.plus(Duration.ofMillis(20L * TICKETS)),
        () -> contested().size() == TICKETS);
    return contested();
  }

  private List<Long> contested() {
    return pair.installation
        .database()
        .sql(
            """
            select ticket.id
            from ticket join task on task.subject_kind = 'ticket' and task.subject_id = ticket.id
            where ticket.subject like 'Fight %' and task.status = 'OPEN'
            order by ticket.id
            """)
        .query((row, _) -> row.getLong("id"))
        .list();
  }
}
