package dev.evergreen.server.workflow;

import dev.evergreen.engine.Definition.Trigger;
import dev.evergreen.engine.EvaluationException;
import dev.evergreen.engine.Input;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerReaction;
import dev.evergreen.server.platform.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final Tasks tasks;
  private final Surroundings surroundings;
  private final DatabaseClock clock;
  private final Set<String> events;

  Triggers(
      JdbcClient database,
      Workflows workflows,
      Runs runs,
      Tasks tasks,
      Surroundings surroundings,
      DatabaseClock clock,
      Catalogue catalogue) {
    this.database = database;
    this.workflows = workflows;
    this.runs = runs;
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
    if (entry.kind().endsWith(REASSIGNED)) {
      tasks.followResponsibility(entry.subject());
    }
    for (Listener listener : listeners(entry)) {
      runs.take(
          listener.run(),
          new Input.EventArrived(listener.activation(), entry.kind(), entry.data()));
    }
    for (Version version : workflows.current()) {
      if (version.definition().about().equals(entry.subject().kind()) && starts(version, entry)) {
        start(version, entry);
      }
    }
  }

  private record Listener(RunId run, int activation) {}

  private List<Listener> listeners(Ledger.Entry entry) {
    return database
        .sql(
            """
            select run, activation
            from run_listener
            where subject_kind = :subjectKind
              and subject_id = :subjectId
              and kind = :kind
              and since < :entry
            order by run, activation
            """)
        .param("subjectKind", entry.subject().kind())
        .param("subjectId", entry.subject().id())
        .param("kind", entry.kind())
        .param("entry", entry.id())
        .query((row, _) -> new Listener(new RunId(row.getLong("run")), row.getInt("activation")))
        .list();
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
        .param("since", RunTables.timestamp(clock.instant().minus(WINDOW)))
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
        .param("now", RunTables.timestamp(clock.instant()))
        .update();
  }
}
