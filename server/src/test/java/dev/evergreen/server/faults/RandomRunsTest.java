package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.faults.DatabaseLink.Place;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.Workflows.Publication;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promise 8: whatever a node was doing when it was killed, every run stands where its definition
/// allows, its history gives its state, and it ends as the engine in memory says that it must on
/// the same inputs. The definitions are random, and so is what people answer.
@Tag("fault")
class RandomRunsTest {
  private static final int DEFINITIONS = Effort.of(4, 60);
  private static final int RUNS_OF_EACH = Effort.of(2, 4);
  private static final int MAILS = DEFINITIONS * RUNS_OF_EACH;
  private static final int KILLS_AT_EACH = Effort.of(1, 20);

  /// So much time passes at once: whatever waits for time then comes due.
  private static final Duration STRIDE = Duration.ofMinutes(RandomFile.MINUTES);

  /// A test that has not come to its end by then has met a run that does not.
  private static final Duration LONGEST = Duration.ofMinutes(Effort.of(4, 40));

  private static final String STARTED = "insert into run (";
  private static final String DONE = "insert into submission";
  private static final String FIRED = "where (kind, key) in (";

  /// What the node was doing that is killed, and how far it had come.
  private enum KillPoint {
    STARTED_NOT_COMMITTED(Place.BEFORE_COMMIT, STARTED),
    STARTED_NOT_KNOWN(Place.AFTER_COMMIT, STARTED),
    DONE_NOT_COMMITTED(Place.BEFORE_COMMIT, DONE),
    DONE_NOT_KNOWN(Place.AFTER_COMMIT, DONE),
    FIRED_NOT_COMMITTED(Place.BEFORE_COMMIT, FIRED),
    FIRED_NOT_KNOWN(Place.AFTER_COMMIT, FIRED);

    private final Place place;
    private final String words;

    KillPoint(Place place, String words) {
      this.place = place;
      this.words = words;
    }
  }

  /// A kill that is to come.
  private record Planned(KillPoint point, CompletableFuture<Object> met) {}

  /// A step of a run that waits for a person.
  private record Step(long task, long ticket) {}

  private final Pair pair = Pair.ready();
  private final long seed = Effort.seed();
  private final Random random = new Random(seed);
  private final Agent agent = pair.installation.hire("noam");
  private final Map<Node, Visitor> visitors = new HashMap<>();
  private final List<Sender> customers = new ArrayList<>();
  private final Map<Long, Map<String, String>> acknowledged = new HashMap<>();
  private final EnumMap<KillPoint, Integer> met = new EnumMap<>(KillPoint.class);
  private final List<KillPoint> toCome = new ArrayList<>();
  private @Nullable Planned planned;
  private int mails;

  @AfterEach
  void end() {
    visitors.values().forEach(Visitor::close);
  }

  @Test
  void every_run_ends_as_the_engine_says_whatever_was_killed() {
    var first = Installation.signedIn(agent, pair.first.node());
    visitors.put(pair.first.node(), first);
    visitors.put(pair.second.node(), first.window(pair.second.node().port()));
    publish();
    planKills();
    long begin = System.nanoTime();
    while (mails < MAILS || !toCome.isEmpty() || planned != null || !unfinished().isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("seed %d; still open: %s", seed, unfinished())
          .isLessThan(LONGEST);
      plan();
      goOn();
      settle();
    }
    pair.mend();
    judge();
  }

  private void publish() {
    publish(RandomFile.called(random));
    for (int number = 1; number <= DEFINITIONS; number++) {
      String title = "Random " + number + "-" + seed;
      publish(RandomFile.of(random, "random-" + number, title));
      customers.add(new Sender(title));
    }
    Node.pause(1_500); // until every node knows them
  }

  private void publish(String text) {
    var publication =
        pair.installation.part(Workflows.class).publish("random.yaml", text, Actor.SYSTEM);
    assertThat(publication).as(text).isNotInstanceOf(Publication.Unusable.class);
  }

  private void planKills() {
    for (int i = 0; i < KILLS_AT_EACH; i++) {
      toCome.addAll(List.of(KillPoint.values()));
    }
    Collections.shuffle(toCome, random);
  }

  /// Has whichever node comes to the next point first die there; of the points to come the first
  /// that something leads to now.
  private void plan() {
    if (planned == null) {
      toCome.stream()
          .filter(this::canBeMet)
          .findFirst()
          .ifPresent(point -> {
            toCome.remove(point);
            int before = random.nextInt(2);
            var cuts =
                pair.sides().stream()
                    .map(side ->
                        side.link().cut(point.place, point.words, before, side.node()::kill))
                    .toArray(CompletableFuture[]::new);
            planned = new Planned(point, CompletableFuture.anyOf(cuts));
          });
    }
  }

  private boolean canBeMet(KillPoint point) {
    return switch (point) {
      case STARTED_NOT_COMMITTED, STARTED_NOT_KNOWN -> true; // somebody writes, see below
      case DONE_NOT_COMMITTED, DONE_NOT_KNOWN -> !steps().isEmpty();
      case FIRED_NOT_COMMITTED, FIRED_NOT_KNOWN -> timers() > 0;
    };
  }

  /// Counts a kill that has happened, and starts what it ended.
  private void settle() {
    if (planned != null && planned.met().isDone()) {
      pair.sides().forEach(side -> side.link().disarm());
      met.merge(planned.point(), 1, Integer::sum);
      planned = null;
      pair.sides().stream().map(Pair.Side::node).filter(node -> !node.alive()).forEach(Node::start);
    }
  }

  /// A customer writes, people do what is to be done, somebody notes something, time passes.
  private void goOn() {
    boolean wanted =
        mails < MAILS
            || unfinished().isEmpty()
            || (planned != null && planned.point().words.equals(STARTED));
    if (wanted) {
      var customer = customers.get(mails % DEFINITIONS);
      customer.insist(pair::serving, ++mails);
    }
    var steps = steps();
    steps.forEach(this::answer);
    if (random.nextInt(3) == 0) {
      waitingForNotes().stream().findAny().ifPresent(this::note);
    }
    if (steps.isEmpty() && !wanted) {
      pair.installation.pass(STRIDE);
      Node.pause(300);
    }
  }

  private void answer(Step step) {
    var answers = new HashMap<String, String>();
    tasks()
        .withId(new TaskId(step.task()))
        .map(task -> tasks().step(task).form())
        .orElse(List.of())
        .forEach(field -> answers.put(field.name(), random.nextBoolean() ? "yes" : "no"));
    if (post("/tasks/" + step.task() + "/completion", step.ticket(), answers)) {
      acknowledged.put(step.task(), answers);
    }
  }

  private void note(long ticket) {
    post("/tickets/" + ticket + "/entries", ticket, Map.of("kind", "note", "text", "So it is."));
  }

  /// Whether one of the nodes says that it is done; asked until one says anything.
  private boolean post(String path, long ticket, Map<String, String> form) {
    while (true) {
      try {
        var visitor = Objects.requireNonNull(visitors.get(pair.serving()));
        visitor.get("/tickets/" + ticket); // for its token
        int status = visitor.post(path, form).statusCode();
        if (status == 302 || status == 409) {
          return status == 302;
        }
      } catch (UncheckedIOException _) {
        // its node has gone
      }
      settle();
      Node.pause(50);
    }
  }

  private void judge() {
    var runs = ids("select id from run where workflow like 'random-%' order by id");
    var differing = new ArrayList<String>();
    for (long id : runs) {
      var run = part(Runs.class).withId(new RunId(id)).orElseThrow();
      SameInputs.difference(run.version().definition(), part(Runs.class).history(run.id()))
          .ifPresent(difference -> differing.add("run %d: %s".formatted(id, difference)));
    }
    int unanswered = (int) acknowledged.keySet().stream().filter(task -> !isDone(task)).count();
    int notStarted = mails - (int) started("count(*) >= 1");
    int startedTwice = (int) started("count(*) > 1");
    new Verdict(
            "PR8 %d runs of %d random definitions, nodes killed; late counts runs that the engine would have ended otherwise"
                .formatted(runs.size(), DEFINITIONS),
            seed,
            met,
            new Verdict.Counts(
                acknowledged.size() + mails,
                unanswered + notStarted,
                startedTwice,
                differing.size()))
        .publish();

    assertThat(differing).as("seed " + seed).isEmpty();
    assertThat(unanswered).as("answers that were acknowledged and are not there").isZero();
    assertThat(notStarted).as("mails without a run").isZero();
    assertThat(startedTwice).as("mails with several runs").isZero();
    assertThat(met)
        .hasSize(KillPoint.values().length)
        .allSatisfy((_, times) -> assertThat(times).isEqualTo(KILLS_AT_EACH));
    assertThat(pair.unequalReplays()).isZero();
  }

  /// Whether a step is done, with what was answered when that was acknowledged.
  private boolean isDone(long task) {
    var answers = acknowledged.getOrDefault(task, Map.of());
    return pair.installation
        .database()
        .sql(
            """
            select ledger.data -> 'event' ->> 'answers' as answers
            from task
            join ledger
              on ledger.subject_kind = 'run'
              and ledger.subject_id = task.run
              and ledger.kind = 'run.task-completed'
              and cast(ledger.data -> 'event' ->> 'activation' as bigint) = task.activation
            where task.id = :task and task.status = 'DONE'
            """)
        .param("task", task)
        .query((row, _) -> row.getString("answers"))
        .optional()
        .filter(stored -> answers.entrySet().stream().allMatch(answer -> says(stored, answer)))
        .isPresent();
  }

  private static boolean says(String stored, Map.Entry<String, String> answer) {
    var value = answer.getValue().equals("yes") ? "true" : "false";
    return stored.replace(" ", "").contains("\"%s\":%s".formatted(answer.getKey(), value));
  }

  /// How many mails have so many runs.
  private long started(String having) {
    return pair.installation.count(
        """
        select count(*) from (
          select from run join ticket on ticket.id = run.subject_id
          where run.workflow ~ '^random-[0-9]+$'
          group by ticket.subject
          having %s
        ) as started
        """
            .formatted(having));
  }

  private List<Step> steps() {
    return pair.installation
        .database()
        .sql(
            """
            select task.id, task.subject_id
            from task join run on run.id = task.run
            where run.workflow like 'random-%' and task.status = 'OPEN'
            order by task.id
            """)
        .query((row, _) -> new Step(row.getLong("id"), row.getLong("subject_id")))
        .list();
  }

  private List<Long> waitingForNotes() {
    return ids(
        """
        select distinct run.subject_id
        from run join run_listener on run_listener.run = run.id
        where run.workflow like 'random-%' and run_listener.kind = 'ticket.note-added'
        """);
  }

  private long timers() {
    return pair.installation.count(
        """
        select count(*)
        from due join run on due.key like run.id || '/%'
        where due.kind = 'workflow.timer' and due.fault is null and run.workflow like 'random-%'
        """);
  }

  private List<Long> unfinished() {
    return ids(
        """
        select id from run
        where workflow like 'random-%' and status in ('NEW', 'RUNNING', 'FAULTED')
        """);
  }

  private List<Long> ids(String sql) {
    return pair.installation.database().sql(sql).query((row, _) -> row.getLong(1)).list();
  }

  private Tasks tasks() {
    return part(Tasks.class);
  }

  private <T> T part(Class<T> type) {
    return pair.installation.part(type);
  }
}
