package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.Workflows.Publication;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 5: no timer is lost while nodes are killed; each fires once, within 2 s of its time when
/// a node works and within 30 s after a kill.
@Tag("fault")
class TimersTest {
  private static final int KILLS = Effort.of(2, 30);
  private static final int MAILS = 25 * KILLS;
  private static final int TIMERS = 2 * MAILS;
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(5);

  /// Time is skipped only up to so long before the next timer: nodes look at the clock every 5 s.
  private static final Duration LOOK = Duration.ofSeconds(6);

  private static final double LATEST_SECONDS = 30;
  private static final double USUAL_SECONDS = 2;

  private static final String WORKFLOW =
      """
      workflow: punctual
      title: Be on time
      process: support
      kind: service
      about: ticket
      purpose: Timers come one after another.
      owner: support-operations
      review every: 90 days

      start:
        - on: ticket.opened
          when: ticket.subject.startsWith("Punctual")

      steps:
        - wait: 1 minute
          title: Wait once
        - wait: 1 minute
          title: Wait twice
        - end: punctual
      """;

  private final Pair pair = Pair.ready();

  @Test
  void each_timer_fires_once_and_not_late() {
    var publication =
        pair.installation.part(Workflows.class).publish("punctual.yaml", WORKFLOW, Actor.SYSTEM);
    assertThat(publication).isNotInstanceOf(Publication.Unusable.class);
    Node.pause(1_500); // until every node knows it
    var customers = new Sender("Punctual");
    for (int number = 1; number <= MAILS; number++) {
      customers.insist(() -> pair.first.node(), number);
      Node.pause(BETWEEN_KILLS.toMillis() * KILLS / MAILS / 2);
    }
    Installation.await(
        "all runs waiting", Installation.PATIENCE, () -> count("run.wait-began") >= MAILS);

    int kills = 0;
    while (count("run.wait-ended") < TIMERS) {
      skipToNextTimer();
      if (kills < KILLS) {
        killForAWhile(pair.sides().get(kills % 2).node());
        kills++;
      } else {
        Node.pause(500);
      }
    }
    pair.mend();

    List<Double> lateness = lateness();
    int missing = TIMERS - lateness.size();
    int late = (int) lateness.stream().filter(seconds -> seconds > LATEST_SECONDS).count();
    new Verdict(
            "PR5 timers while nodes are killed; median %.1f s, slowest %.1f s after their time"
                .formatted(lateness.get(lateness.size() / 2), lateness.getLast()),
            0,
            Map.of("kill -9", kills),
            new Verdict.Counts(TIMERS, missing, (int) doubled(), late))
        .publish();
    assertThat(kills).isEqualTo(KILLS);
    assertThat(missing).isZero();
    assertThat(doubled()).isZero();
    assertThat(late).isZero();
    assertThat(lateness.get(lateness.size() / 2)).isLessThan(USUAL_SECONDS);
    assertThat(pair.unequalReplays()).isZero();
  }

  private static void killForAWhile(Node victim) {
    Node.pause(BETWEEN_KILLS.toMillis() / 2);
    victim.kill();
    Node.pause(BETWEEN_KILLS.toMillis() / 2);
    victim.start();
  }

  private void skipToNextTimer() {
    Optional<OffsetDateTime> next =
        pair.installation
            .database()
            .sql("select min(at) from due where kind = 'workflow.timer' and fault is null")
            .query((row, _) -> row.getObject(1, OffsetDateTime.class))
            .optional();
    Duration gap =
        next.map(at -> Duration.between(pair.installation.now(), at).minus(LOOK))
            .orElse(Duration.ZERO);
    if (gap.isPositive() && gap.compareTo(Duration.ofMinutes(2)) < 0) {
      pair.installation.pass(gap);
    }
  }

  private long count(String kind) {
    return pair.installation.count(
        "select count(*) from ledger where kind = '%s' and actor_name = 'Be on time'"
            .formatted(kind));
  }

  /// Waits that ended twice.
  private long doubled() {
    return pair.installation.count(
        """
        select count(*) from (
          select from ledger
          where kind = 'run.wait-ended' and actor_name = 'Be on time'
          group by subject_id, data -> 'event' ->> 'activation'
          having count(*) > 1
        ) as doubled
        """);
  }

  /// Seconds from when each wait was to end until it did, the shortest first.
  private List<Double> lateness() {
    return pair.installation
        .database()
        .sql(
            """
            select
              extract(epoch from ended.at - cast(began.data -> 'event' ->> 'until' as timestamptz))
                as seconds
            from ledger as began
            join ledger as ended using (subject_kind, subject_id)
            where began.kind = 'run.wait-began'
              and ended.kind = 'run.wait-ended'
              and began.actor_name = 'Be on time'
              and began.data -> 'event' ->> 'activation' = ended.data -> 'event' ->> 'activation'
            order by seconds
            """)
        .query((row, _) -> row.getDouble("seconds"))
        .list();
  }
}
