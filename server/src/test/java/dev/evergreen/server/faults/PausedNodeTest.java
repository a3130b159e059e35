package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Visitor;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promises 7 and 6: a node that was stopped in the middle of a transaction, or cut off from its
/// database there, for longer than the database lets it hold its locks, cannot act when it goes on:
/// another node has done the work, once. Meanwhile agents take tickets on both nodes: whoever asked
/// the one that stood still has them or is told that somebody was faster, and nobody has one twice.
@Tag("fault")
class PausedNodeTest {
  private static final int PAUSES = Effort.of(2, 12);
  private static final int MAILS = 60;
  private static final int CONTESTED = 6;

  /// The database ends a stalled transaction after 15 s; then the other node needs a moment.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Counted from the moment at which the node stands still.
  private static final Duration FENCED = Duration.ofSeconds(20);

  private enum Point {
    /// The process neither runs nor notices that time passes.
    STOPPED,
    /// It runs, and nothing passes between it and its database.
    CUT_OFF
  }

  /// A ticket that agents of both nodes have on their screens.
  private record Contested(long ticket, long revision) {}

  private final Pair pair = Pair.ready();
  private final Sender customers = new Sender("Pause");
  private final EnumMap<Point, Integer> met = new EnumMap<>(Point.class);
  private int twoOwners;

  @Test
  void a_paused_node_does_nothing_late() throws Exception {
    long seed = Effort.seed();
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    try (var here = Rival.at(pair, "here");
        var there = Rival.at(pair, "there")) {
      for (int pause = 0; pause < PAUSES; pause++) {
        var point = Point.values()[pause % Point.values().length];
        pause(point, pause * MAILS, random.nextInt(1, 30), here, there);
        met.merge(point, 1, Integer::sum);
        pair.first.node().awaitReady(Installation.PATIENCE);
      }
    }
    Node.pause(3_000); // whatever the thawed node still had in mind

    var tickets = PAUSES * MAILS;
    var doubled = (int) doubled();
    new Verdict(
            "PR7 and PR6 node stopped, or cut off, in a transaction past its limit",
            seed,
            met,
            new Verdict.Counts(tickets, tickets - (int) done(), doubled + twoOwners, 0))
        .publish();
    assertThat(met).hasSize(Point.values().length);
    assertThat(done()).isEqualTo(tickets);
    assertThat(doubled).isZero();
    assertThat(twoOwners).as("tickets taken twice, or by others than were told so").isZero();
    assertThat(pair.unequalReplays()).isZero();
  }

  /// The first node stands still with work in its hands, until the database has taken that from it
  /// and the second has done everything; then it goes on.
  private void pause(Point point, int from, int begin, Rival here, Rival there) throws Exception {
    send(pair.first, from, from + CONTESTED);
    awaitDone(from + CONTESTED);
    var contested = contested(from);
    send(pair.first, from + CONTESTED, from + MAILS / 2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var askedHere = take(threads, here.agent(), here.first(), contested);
      standStillInTransaction(point, begin);
      long still = System.nanoTime();
      List<Future<Rival.Told>> askedThere;
      try {
        askedThere = take(threads, there.agent(), there.second(), contested);
        send(pair.second, from + MAILS / 2, from + MAILS);
        Duration left = FENCED.minusNanos(System.nanoTime() - still);
        Installation.await(
            "the paused node's transactions ended by the database",
            left.isNegative() ? Duration.ZERO : left,
            () -> openTransactions() == 0);
        awaitDone(from + MAILS);
      } finally {
        goOn(point);
      }
      judge(contested, Map.of(here.agent(), askedHere, there.agent(), askedThere));
    }
  }

  private void send(Pair.Side side, int from, int until) {
    for (int number = from + 1; number <= until; number++) {
      customers.insist(side::node, number);
    }
  }

  private void awaitDone(int tickets) {
    Installation.await("all work done by another node", LIMIT, () -> done() == tickets);
  }

  /// One agent's tries to take each of these tickets, all at the same time.
  private static List<Future<Rival.Told>> take(
      ExecutorService threads, Agent agent, Visitor window, List<Contested> contested) {
    return contested.stream()
        .map(one -> {
          var form = Map.of("agent", "" + agent.id().value(), "revision", "" + one.revision());
          return threads.submit(
              () -> Rival.tell(window, "/tickets/" + one.ticket() + "/assignment", form));
        })
        .toList();
  }

  /// A ticket has an owner, was assigned once, and is theirs who were told so.
  private void judge(List<Contested> contested, Map<Agent, List<Future<Rival.Told>>> asked)
      throws Exception {
    for (var answers : asked.values()) {
      for (var answer : answers) {
        answer.get();
      }
    }
    for (int i = 0; i < contested.size(); i++) {
      long ticket = contested.get(i).ticket();
      long owner = one("select coalesce(agent_id, 0) from ticket where id = :id", ticket);
      long assignments =
          one(
              """
              select count(*) from ledger
              where subject_kind = 'ticket' and subject_id = :id and kind = 'ticket.assigned'
              """,
              ticket);
      boolean right = owner != 0 && assignments == 1;
      for (var agent : asked.entrySet()) {
        Rival.Told told = agent.getValue().get(i).resultNow();
        boolean owns = owner == agent.getKey().id().value();
        right &= told == Rival.Told.NOTHING || owns == (told == Rival.Told.DONE);
      }
      twoOwners += right ? 0 : 1;
    }
  }

  /// Stops the node, or its link, again and again until it stands still with an open transaction.
  private void standStillInTransaction(Point point, int begin) {
    Node.pause(begin);
    for (int tries = 0; tries < 400; tries++) {
      standStill(point);
      Node.pause(30); // what the database has in hand is answered
      if (openTransactions() > 0) {
        return;
      }
      goOn(point);
      Node.pause(7);
    }
    throw new IllegalStateException("expected to meet the node in a transaction");
  }

  private void standStill(Point point) {
    switch (point) {
      case STOPPED -> pair.first.node().freeze();
      case CUT_OFF -> pair.first.link().hold();
    }
  }

  private void goOn(Point point) {
    switch (point) {
      case STOPPED -> pair.first.node().thaw();
      case CUT_OFF -> pair.first.link().release();
    }
  }

  private List<Contested> contested(int from) {
    var subjects =
        IntStream.rangeClosed(from + 1, from + CONTESTED).mapToObj(number -> "Pause " + number);
    return pair.installation
        .database()
        .sql("select id, revision from ticket where subject = any(:subjects)")
        .param("subjects", subjects.toArray(String[]::new))
        .query((row, _) -> new Contested(row.getLong("id"), row.getLong("revision")))
        .list();
  }

  private long one(String sql, long id) {
    return pair.installation.database().sql(sql).param("id", id).query(Long.class).single();
  }

  /// Transactions of work that other nodes wait for: those that read the ledger or fire what is due
  /// have been given 15 s.
  private long openTransactions() {
    return pair.installation
        .database()
        .sql(
            """
            select count(*) from pg_stat_activity
            where state like 'idle in transaction%' and client_port = any(:ports)
            """)
        .param("ports", pair.first.link().ports())
        .query(Long.class)
        .single();
  }

  /// Tickets of these mails on which the workflow has written to the customer and waits for us.
  private long done() {
    return pair.installation.count(
        """
        select count(distinct ticket.id)
        from ticket
        join task on task.subject_kind = 'ticket' and task.subject_id = ticket.id
        join outbox on outbox.ticket = ticket.id
        where ticket.subject like 'Pause %' and task.status = 'OPEN'
        """);
  }

  /// Tickets with more than one run, step or letter, and mails with more than one ticket.
  private long doubled() {
    return pair.installation.count(
        """
        select count(*) from (
          select subject
          from ticket
          where subject like 'Pause %'
          group by subject
          having count(*) > 1
            or sum((select count(*) from run
              where run.subject_kind = 'ticket' and run.subject_id = ticket.id)) > 1
            or sum((select count(*) from task
              where task.subject_kind = 'ticket' and task.subject_id = ticket.id)) > 1
            or sum((select count(*) from outbox where outbox.ticket = ticket.id)) > 1
        ) as doubled
        """);
  }
}
