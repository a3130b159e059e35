package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.Workflows.Publication;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 5: no timer is lost and each fires once: within 2 s of its time when nothing is broken,
/// within 30 s while nodes are killed, within 10 s after the database is back when that is.
///
/// Every mail starts a run that waits once for each of the waves, so that the timers of a wave come
/// as far apart as the mails did.
@Tag("fault")
class TimersTest {
  private static final int MAILS = Effort.of(50, 5_000);
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(Effort.of(5, 10));

  /// For so long timers come due in a wave.
  private static final Duration SPREAD = Duration.ofSeconds(Effort.of(5, 150));

  /// Time is skipped only up to so long before the next timer: nodes look at the clock every 5 s.
  private static final Duration LOOK = Duration.ofSeconds(6);

  private static final Duration FARTHEST = Duration.ofMinutes(15);

  /// What goes on while the timers of a wave come due.
  private enum Wave {
    NOTHING_BROKEN(2, 0),
    NODES_KILLED(30, Effort.of(2, 15)),
    NODES_KILLED_AGAIN(30, Effort.of(0, 15)),
    DATABASE_KILLED(10, Effort.of(1, 10));

    private final Duration latest;
    private final int kills;

    Wave(int latestSeconds, int kills) {
      this.latest = Duration.ofSeconds(latestSeconds);
      this.kills = kills;
    }

    /// The numbers of the promise need two waves with kills; what runs on each change has one.
    static List<Wave> all() {
      return List.of(values()).stream()
          .filter(wave -> wave == NOTHING_BROKEN || wave.kills > 0)
          .toList();
    }
  }

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
      """;

  /// A timer as it was fired.
  private record Timer(OffsetDateTime due, OffsetDateTime fired) {
    /// Since it could fire: while the database was away nothing can.
    Duration lateness(List<OffsetDateTime> returns) {
      var able =
          returns.stream()
              .filter(back -> back.isAfter(due) && !back.isAfter(fired))
              .max(OffsetDateTime::compareTo)
              .orElse(due);
      return Duration.between(able, fired);
    }
  }

  private final Pair pair = Pair.ready();
  private final EnumMap<Wave, Integer> kills = new EnumMap<>(Wave.class);

  /// When the database was back, each time.
  private final List<OffsetDateTime> returns = new ArrayList<>();

  @Test
  void each_timer_fires_once_and_not_late() {
    publish();
    var customers = new Sender("Punctual");
    for (int number = 1; number <= MAILS; number++) {
      customers.insist(() -> pair.first.node(), number);
      Node.pause(SPREAD.toMillis() / MAILS);
    }
    Installation.await(
        "all runs waiting", Installation.PATIENCE, () -> count("run.wait-began") >= MAILS);
    Wave.all().forEach(this::letCome);
    pair.mend();

    var fired = new EnumMap<Wave, List<Timer>>(Wave.class);
    Wave.all().forEach(wave -> fired.put(wave, timers(wave)));
    int timers = MAILS * Wave.all().size();
    int missing = timers - fired.values().stream().mapToInt(List::size).sum();
    int doubled = (int) doubled();
    fired.forEach((wave, all) ->
        new Verdict(
                "PR5 timers, %s; how many within so many seconds: %s"
                    .formatted(wave, histogram(all)),
                0,
                Map.of("kill -9", kills.getOrDefault(wave, 0)),
                new Verdict.Counts(MAILS, MAILS - all.size(), doubled, (int) late(wave, all)))
            .publish());
    assertThat(missing).isZero();
    assertThat(doubled).isZero();
    assertThat(fired).allSatisfy((wave, all) -> assertThat(late(wave, all)).as("late").isZero());
    assertThat(kills)
        .allSatisfy((wave, met) -> assertThat(met).as("kills, " + wave).isEqualTo(wave.kills));
    assertThat(pair.unequalReplays()).isZero();
  }

  private void publish() {
    var text = new StringBuilder(WORKFLOW);
    Wave.all()
        .forEach(wave ->
            text.append(
                """
                  - wait: 10 minutes
                    title: Wait once more, %s
                """
                    .formatted(wave)));
    text.append("  - end: punctual\n");
    var publication =
        pair.installation
            .part(Workflows.class)
            .publish("punctual.yaml", text.toString(), Actor.SYSTEM);
    assertThat(publication).isNotInstanceOf(Publication.Unusable.class);
    Node.pause(1_500); // until every node knows it
  }

  /// Lets the timers of a wave come due.
  private void letCome(Wave wave) {
    long until = (long) MAILS * (Wave.all().indexOf(wave) + 1);
    while (count("run.wait-ended") < until) {
      skipToNextTimer();
      int met = kills.getOrDefault(wave, 0);
      if (met < wave.kills) {
        kill(wave, met);
        kills.put(wave, met + 1);
      } else {
        Node.pause(500);
      }
    }
  }

  private void kill(Wave wave, int number) {
    Node.pause(BETWEEN_KILLS.toMillis() / 2);
    if (wave == Wave.DATABASE_KILLED) {
      awaitTimersDue();
      Installation.killDatabase();
      returns.add(pair.installation.awaitReturn());
      pair.installation.awaitReferee();
    } else {
      var victim = pair.sides().get(number % 2).node();
      victim.kill();
      Node.pause(BETWEEN_KILLS.toMillis() / 2);
      victim.start();
    }
  }

  /// So that some are due while the database is away.
  private void awaitTimersDue() {
    Installation.await(
        "timers about to come due",
        FARTHEST,
        () ->
            next()
                .map(at -> Duration.between(pair.installation.now(), at).toMillis() < 500)
                .orElse(true));
  }

  private Optional<OffsetDateTime> next() {
    return pair.installation
        .database()
        .sql("select min(at) from due where kind = 'workflow.timer' and fault is null")
        .query((row, _) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .single();
  }

  private void skipToNextTimer() {
    Duration gap =
        next()
            .map(at -> Duration.between(pair.installation.now(), at).minus(LOOK))
            .orElse(Duration.ZERO);
    if (gap.isPositive() && gap.compareTo(FARTHEST) < 0) {
      pair.installation.pass(gap);
    }
  }

  private long late(Wave wave, List<Timer> timers) {
    return timers.stream()
        .filter(timer -> timer.lateness(returns).compareTo(wave.latest) > 0)
        .count();
  }

  private Map<Double, Integer> histogram(List<Timer> timers) {
    var counts = new TreeMap<Double, Integer>();
    for (var timer : timers) {
      double seconds = timer.lateness(returns).toMillis() / 1_000.0;
      var bound =
          List.of(0.5, 1.0, 2.0, 5.0, 10.0, 30.0).stream()
              .filter(limit -> seconds <= limit)
              .findFirst()
              .orElse(Double.POSITIVE_INFINITY);
      counts.merge(bound, 1, Integer::sum);
    }
    return counts;
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

  /// The timers of a wave that have fired: of each run the one for its first, second, … wait.
  private List<Timer> timers(Wave wave) {
    return pair.installation
        .database()
        .sql(
            """
            with began as (
              select
                subject_id,
                data -> 'event' ->> 'activation' as activation,
                cast(data -> 'event' ->> 'until' as timestamptz) as until,
                row_number() over (partition by subject_id order by id) as wave
              from ledger
              where kind = 'run.wait-began' and actor_name = 'Be on time'
            )
            select distinct on (began.subject_id) began.until, ended.at
            from began
            join ledger as ended
              on ended.kind = 'run.wait-ended'
              and ended.subject_kind = 'run'
              and ended.subject_id = began.subject_id
              and ended.data -> 'event' ->> 'activation' = began.activation
            where began.wave = :wave
            order by began.subject_id, ended.id
            """)
        .param("wave", Wave.all().indexOf(wave) + 1)
        .query((row, _) ->
            new Timer(
                row.getObject("until", OffsetDateTime.class),
                row.getObject("at", OffsetDateTime.class)))
        .list();
  }
}
