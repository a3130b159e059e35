package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 6: no ticket gets two owners by a race, and no step is done by two people. Agents on two
/// nodes fight for every ticket; each attempt is answered, and the answers must fit one winner.
@Tag("fault")
class RaceTest {
  private static final int AGENTS = 8;
  private static final int TICKETS = Effort.of(12, 400);

  private final Pair pair = Pair.ready();

  private record Rival(Agent agent, Visitor visitor) {}

  @Test
  void one_agent_wins_each_ticket_and_one_person_does_each_step() throws Exception {
    var rivals = rivals();
    List<Long> tickets = tickets();
    int doubled = 0;
    int unanswered = 0;
    for (long ticket : tickets) {
      long revision = one("select revision from ticket where id = :id", ticket);
      var taken =
          fight(
              rivals,
              rival ->
                  rival
                      .visitor()
                      .post(
                          "/tickets/" + ticket + "/assignment",
                          Map.of(
                              "agent",
                              "" + rival.agent().id().value(),
                              "revision",
                              "" + revision)));
      var task = one("select id from task where subject_id = :id and status = 'OPEN'", ticket);
      var done =
          fight(
              rivals,
              rival ->
                  rival
                      .visitor()
                      .post(
                          "/tasks/" + task + "/completion",
                          Map.of(
                              "category", "product",
                              "priority", "normal",
                              "enough_information", "yes")));
      unanswered += taken.unanswered() + done.unanswered();
      doubled +=
          taken.winners().size() - 1 + done.winners().size() - 1 + doubledIn(ticket, taken, done);
    }
    rivals.forEach(rival -> rival.visitor().close());
    new Verdict(
            "PR6 race of %d agents on 2 nodes for tickets and their steps".formatted(AGENTS),
            0,
            Map.of("tickets", TICKETS),
            new Verdict.Counts(2 * TICKETS, 0, doubled, unanswered))
        .publish();

    assertThat(doubled).as("won twice").isZero();
    assertThat(unanswered).as("neither won nor told who was faster").isZero();
  }

  /// @param unanswered how many were told neither that they won nor that they lost
  private record Fight(List<Agent> winners, int unanswered) {}

  private interface Attempt {
    HttpResponse<String> by(Rival rival);
  }

  private static Fight fight(List<Rival> rivals, Attempt attempt)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<HttpResponse<String>>> attempts =
          rivals.stream()
              .<Callable<HttpResponse<String>>>map(rival -> () -> attempt.by(rival))
              .toList();
      List<Future<HttpResponse<String>>> answers = threads.invokeAll(attempts);
      var winners = new ArrayList<Agent>();
      int unanswered = 0;
      for (int i = 0; i < rivals.size(); i++) {
        switch (answers.get(i).get().statusCode()) {
          case 302 -> winners.add(rivals.get(i).agent());
          case 409 -> {
            // told that somebody was faster
          }
          default -> unanswered++;
        }
      }
      return new Fight(winners, unanswered);
    }
  }

  /// What the database knows must be what the winners were told.
  private int doubledIn(long ticket, Fight taken, Fight done) {
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
    boolean right =
        taken.winners().getFirst().id().value() == owner
            && done.winners().getFirst().id().value() == doer
            && assignments == 1;
    return right ? 0 : 1;
  }

  private long one(String sql, long id) {
    return pair.installation.database().sql(sql).param("id", id).query(Long.class).single();
  }

  private List<Rival> rivals() {
    return IntStream.range(0, AGENTS)
        .mapToObj(number -> pair.installation.hire("rival-" + number))
        .map(agent ->
            new Rival(
                agent,
                Installation.signedIn(
                    agent, pair.sides().get((int) (agent.id().value() % 2)).node())))
        .toList();
  }

  /// Tickets whose first step waits for a person.
  private List<Long> tickets() {
    var customers = new Sender("Fight");
    IntStream.rangeClosed(1, TICKETS)
        .forEach(number -> customers.insist(() -> pair.first.node(), number));
    Installation.await(
        "a step to do on each ticket", Installation.PATIENCE, () -> contested().size() == TICKETS);
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
