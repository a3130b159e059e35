package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 11: when the database is killed under load, or stopped and started again, the nodes
/// recover by themselves within 10 s of its return; what was acknowledged is there, once.
@Tag("fault")
class DatabaseKilledTest {
  private static final int ENDS = Effort.of(2, 30);
  private static final Duration RECOVERY = Duration.ofSeconds(10);

  /// How a database goes away.
  private enum End {
    KILLED,
    RESTARTED
  }

  private final Pair pair = Pair.ready();

  @Test
  void nodes_recover_by_themselves() throws InterruptedException {
    var customers = new Sender("Outage");
    var next = new AtomicInteger();
    var over = new AtomicBoolean();
    var recoveries = new ArrayList<Duration>();
    var load = new ArrayList<Thread>();
    for (var side : pair.sides()) {
      load.add(
          Thread.startVirtualThread(() -> {
            while (!over.get()) {
              customers.insist(side::node, next.incrementAndGet());
            }
          }));
    }
    var met = new EnumMap<End, Integer>(End.class);
    for (int round = 0; round < ENDS; round++) {
      Node.pause(1_500);
      var end = End.values()[round % End.values().length];
      switch (end) {
        case KILLED -> Installation.killDatabase();
        case RESTARTED -> Installation.stopDatabase();
      }
      met.merge(end, 1, Integer::sum);
      pair.installation.awaitReturn();
      recoveries.add(
          Installation.await(
              "both nodes serving again",
              Installation.PATIENCE,
              () -> pair.sides().stream().allMatch(side -> side.node().ready())));
      pair.installation.awaitReferee();
    }
    over.set(true);
    for (var thread : load) {
      thread.join();
    }
    var slowest = recoveries.stream().max(Duration::compareTo).orElseThrow();
    int sent = customers.acknowledged().size();
    Installation.await("every mail read", Installation.PATIENCE, () -> steps() >= sent);
    int late = (int) recoveries.stream().filter(one -> one.compareTo(RECOVERY) > 0).count();
    int doubled = (int) doubled();
    new Verdict(
            "PR11 database killed or restarted under load; slowest recovery %d ms"
                .formatted(slowest.toMillis()),
            0,
            met,
            new Verdict.Counts(sent, sent - (int) tickets(), doubled, late))
        .publish();

    assertThat(met).hasSize(End.values().length);
    assertThat(tickets()).isEqualTo(sent);
    assertThat(doubled).isZero();
    assertThat(late).as("recoveries: " + recoveries).isZero();
    assertThat(pair.sides()).allMatch(side -> side.node().alive());
    assertThat(pair.unequalReplays()).isZero();
  }

  private long tickets() {
    return pair.installation.count(
        "select count(distinct subject) from ticket where subject like 'Outage %'");
  }

  private long doubled() {
    return pair.installation.count(
        """
        select count(*) from (
          select from ticket where subject like 'Outage %' group by subject having count(*) > 1
        ) as doubled
        """);
  }

  private long steps() {
    return pair.installation.count(
        """
        select count(*) from ticket
        join task on task.subject_kind = 'ticket' and task.subject_id = ticket.id
        where ticket.subject like 'Outage %'
        """);
  }
}
