package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 7: a node that was stopped in the middle of a transaction, for longer than the database
/// lets it hold its locks, cannot act when it goes on: another node has done the work, once.
@Tag("fault")
class PausedNodeTest {
  private static final int PAUSES = Effort.of(1, 12);
  private static final int MAILS = 60;

  /// The database ends a stalled transaction after 15 s; then the other node needs a moment.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Counted from the moment at which the node stands still.
  private static final Duration FENCED = Duration.ofSeconds(20);

  private final Pair pair = Pair.ready();

  @Test
  void a_paused_node_does_nothing_late() {
    long seed = Effort.seed();
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var customers = new Sender("Pause");
    int late = 0;
    for (int pause = 0; pause < PAUSES; pause++) {
      int from = pause * MAILS;
      for (int number = from + 1; number <= from + MAILS / 2; number++) {
        customers.insist(() -> pair.first.node(), number);
      }
      long held = freezeInTransaction(random.nextInt(1, 30));
      long frozen = System.nanoTime();
      try {
        for (int number = from + MAILS / 2 + 1; number <= from + MAILS; number++) {
          customers.insist(() -> pair.second.node(), number);
        }
        Duration left = FENCED.minusNanos(System.nanoTime() - frozen);
        Installation.await(
            "the paused node's transactions ended by the database",
            left.isNegative() ? Duration.ZERO : left,
            () -> openTransactions() == 0);
        int all = from + MAILS;
        var took =
            Installation.await("all work done by the other node", LIMIT, () -> done() == all);
        late += took.compareTo(LIMIT) > 0 ? 1 : 0;
      } finally {
        pair.first.node().thaw();
      }
      assertThat(held).isPositive();
      pair.first.node().awaitReady(Installation.PATIENCE);
    }
    Node.pause(3_000); // whatever the thawed node still had in mind

    var tickets = PAUSES * MAILS;
    var doubled = doubled();
    new Verdict(
            "PR7 node stopped in a transaction past its limit",
            seed,
            Map.of("stopped", PAUSES),
            new Verdict.Counts(tickets, tickets - (int) done(), (int) doubled, late))
        .publish();
    assertThat(done()).isEqualTo(tickets);
    assertThat(doubled).isZero();
    assertThat(pair.unequalReplays()).isZero();
  }

  /// Stops the node again and again until it stands still with an open transaction.
  private long freezeInTransaction(int begin) {
    Node.pause(begin);
    for (int tries = 0; tries < 400; tries++) {
      pair.first.node().freeze();
      Node.pause(30); // what the database has in hand is answered
      long open = openTransactions();
      if (open > 0) {
        return open;
      }
      pair.first.node().thaw();
      Node.pause(7);
    }
    throw new IllegalStateException("expected to meet the node in a transaction");
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
