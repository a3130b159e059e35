package dev.evergreen.server.workflow;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.Definition.Trigger;
import dev.evergreen.engine.EvaluationException;
import dev.evergreen.engine.Input;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerReaction;
import dev.evergreen.server.platform.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings what happens to runs: an entry of the ledger is the event that some wait for, and starts
/// others.
@Component
final class Triggers implements LedgerReaction {
  private static final Logger log = LoggerFactory.getLogger(Triggers.class);

  /// So often may one workflow start for one subject within [#WINDOW]; more is a loop of rules that
  /// set each other off.
  static final int MOST_STARTS = 10;

  static final Duration WINDOW = Duration.ofHours(1);
  private static final String REASSIGNED = ".assigned";

  private final JdbcClient database;
  private final Workflows workflows;
  private final Runs runs;
  private final RunsInHand hand;
  private final Questions questions;
  private final Tasks tasks;
  private final Surroundings surroundings;
  private final DatabaseClock clock;
  private final Set<String> events;

  Triggers(
      JdbcClient database,
      Workflows workflows,
      Runs runs,
      RunsInHand hand,
      Questions questions,
      Tasks tasks,
      Surroundings surroundings,
      DatabaseClock clock,
      Catalogue catalogue) {
    this.database = database;
    this.workflows = workflows;
    this.runs = runs;
    this.hand = hand;
    this.questions = questions;
    this.tasks = tasks;
    this.surroundings = surroundings;
    this.clock = clock;
    events = catalogue.events().stream().map(EventType::kind).collect(Collectors.toSet());
  }

  @Override
  public String name() {
    return "workflow.triggers";
  }

  /// Events that workflow files can name, and whatever says that somebody else is responsible now.
  @Override
  public boolean wants(String kind) {
    return events.contains(kind) || kind.endsWith(REASSIGNED);
  }

  @Override
  public void react(Ledger.Entry entry) {
    react(List.of(entry));
  }

  /// All runs that the entries concern are locked at first, then their tasks follow whoever is
  /// responsible now, then each entry is brought to those that wait for it and starts others.
  @Override
  public void react(List<Ledger.Entry> entries) {
    Set<Subject> reassigned =
        entries.stream()
            .filter(entry -> entry.kind().endsWith(REASSIGNED))
            .map(Ledger.Entry::subject)
            .collect(Collectors.toSet());
    Map<Long, List<Listener>> listeners = listeners(entries);
    List<RunId> following = reassigned.isEmpty() ? List.of() : tasks.runsFollowing(reassigned);
    hand.hold(
        Stream.concat(
                following.stream(),
                listeners.values().stream().flatMap(List::stream).map(Listener::run))
            .toList());
    if (!following.isEmpty()) {
      tasks.followResponsibility(reassigned);
    }
    for (Ledger.Entry entry : entries) {
      for (Listener listener : listeners.getOrDefault(entry.id(), List.of())) {
        runs.take(listener.run(), input(listener, entry));
      }
      begin(entry);
    }
  }

  /// For a question, what the customer said is the answer.
  private Input input(Listener listener, Ledger.Entry entry) {
    return hand.hold(listener.run())
        .filter(run -> run.state().activation(listener.activation()) instanceof Activation.Question)
        .<Input>map(run ->
            questions.answer(
                listener.activation(),
                run.version()
                    .definition()
                    .step(
                        Objects.requireNonNull(run.state().activation(listener.activation()))
                            .step(),
                        AskStep.class),
                entry))
        .orElseGet(() -> new Input.EventArrived(listener.activation(), entry.kind(), entry.data()));
  }

  private void begin(Ledger.Entry entry) {
    for (Version version : workflows.current()) {
      if (version.definition().about().equals(entry.subject().kind()) && starts(version, entry)) {
        start(version, entry);
      }
    }
  }

  private record Listener(RunId run, int activation) {}

  /// Who waits for these entries, by the entry's id. In one trip for all of them: what begins to
  /// wait while they are taken hears only what comes later.
  private Map<Long, List<Listener>> listeners(List<Ledger.Entry> entries) {
    record Heard(long entry, Listener listener) {}
    return database
        .sql(
            """
            select entry.id, run_listener.run, run_listener.activation
            from unnest(
              cast(:ids as bigint[]),
              cast(:subjectKinds as text[]),
              cast(:subjects as bigint[]),
              cast(:kinds as text[])
            ) as entry (id, subject_kind, subject_id, kind)
            join run_listener
              on run_listener.subject_kind = entry.subject_kind
              and run_listener.subject_id = entry.subject_id
              and run_listener.kind = entry.kind
              and run_listener.since < entry.id
            order by entry.id, run_listener.run, run_listener.activation
            """)
        .param("ids", entries.stream().map(Ledger.Entry::id).toArray(Long[]::new))
        .param(
            "subjectKinds",
            entries.stream().map(one -> one.subject().kind()).toArray(String[]::new))
        .param("subjects", entries.stream().map(one -> one.subject().id()).toArray(Long[]::new))
        .param("kinds", entries.stream().map(Ledger.Entry::kind).toArray(String[]::new))
        .query((row, _) ->
            new Heard(
                row.getLong("id"),
                new Listener(new RunId(row.getLong("run")), row.getInt("activation"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Heard::entry, Collectors.mapping(Heard::listener, Collectors.toList())));
  }

  private boolean starts(Version version, Ledger.Entry entry) {
    for (Trigger trigger : version.definition().starts()) {
      if (trigger.event().equals(entry.kind())) {
        try {
          if (trigger.when().holds(surroundings.atStart(entry.subject(), entry.data()))) {
            return true;
          }
        } catch (EvaluationException e) {
          refuse(
              version,
              entry,
              "The condition “%s” could not be told: %s.".formatted(trigger.when(), e.problem()));
        }
      }
    }
    return false;
  }

  private void start(Version version, Ledger.Entry entry) {
    boolean first = entry.revision() == 1; // nothing can have started before it
    if (!first && startsSince(version, entry.subject()) >= MOST_STARTS) {
      refuse(
          version,
          entry,
          "It had started %d times for the same %s within an hour: rules seem to set each other off."
              .formatted(MOST_STARTS, entry.subject().kind()));
    } else {
      runs.start(version, entry.subject(), entry.id());
    }
  }

  private int startsSince(Version version, Subject subject) {
    hand.flush();
    return database
        .sql(
            """
            select count(*)
            from (
              select from run
              where subject_kind = :subjectKind
                and subject_id = :subjectId
                and workflow = :workflow
                and started_at > :since
              limit :most
            ) as recent
            """)
        .param("subjectKind", subject.kind())
        .param("subjectId", subject.id())
        .param("workflow", version.name())
        .param("since", RunRows.timestamp(clock.instant().minus(WINDOW)))
        .param("most", MOST_STARTS)
        .query(Integer.class)
        .single();
  }

  private void refuse(Version version, Ledger.Entry entry, String reason) {
    log.warn(
        "The workflow {} does not start for {} (ledger entry {}); it is kept in refused_start. {}",
        version.name(),
        entry.subject(),
        entry.id(),
        reason);
    database
        .sql(
            """
            insert into refused_start (
              trigger_entry, workflow, subject_kind, subject_id, reason, at
            )
            values (:entry, :workflow, :subjectKind, :subjectId, :reason, :now)
            on conflict (trigger_entry, workflow) do nothing
            """)
        .param("entry", entry.id())
        .param("workflow", version.name())
        .param("subjectKind", entry.subject().kind())
        .param("subjectId", entry.subject().id())
        .param("reason", reason)
        .param("now", RunRows.timestamp(clock.instant()))
        .update();
  }
}
