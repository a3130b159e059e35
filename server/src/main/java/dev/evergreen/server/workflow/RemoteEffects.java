package dev.evergreen.server.workflow;

import dev.evergreen.engine.Effect;
import dev.evergreen.language.RemoteAction;
import dev.evergreen.language.ValuesJson;
import dev.evergreen.server.platform.Bell;
import dev.evergreen.server.platform.RowValues;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Writes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Actions to be performed outside, as rows that are written in the transaction that asks for them.
///
/// Whoever takes one up has it for the time of a lease, under a term of their own. When the lease
/// is over another may take it up, and what the first one says of it from then on is not believed.
@Component
class RemoteEffects {
  /// Longer than an action may take.
  static final Duration LEASE = RemoteAction.LONGEST.multipliedBy(2);

  private final JdbcClient database;
  private final Bell bell = new Bell();

  RemoteEffects(JdbcClient database) {
    this.database = database;
  }

  /// An action in somebody's hands.
  ///
  /// @param tries how often it has been taken up, with this time
  record Taken(RunId run, Effect.PerformAction action, Subject subject, int tries, long term) {}

  /// How the row of an action that was taken up stood when its result came.
  enum Standing {
    /// As it was taken up: the result counts.
    HELD,
    /// Withdrawn, or its result was recorded meanwhile.
    GONE,
    /// Somebody else has it now, or will have it.
    ANOTHERS
  }

  /// What is asked for and what is no longer wanted, as parts of a statement that writes more.
  record Change(RowValues asked, RowValues withdrawn) {
    private static final RowValues.Columns WITHDRAWN =
        RowValues.Columns.of("withdrawn", "run BIGINT", "activation INT");

    private static final RowValues.Columns ASKED =
        RowValues.Columns.of(
            "asked",
            "run BIGINT",
            "activation INT",
            "subject_kind TEXT",
            "subject_id BIGINT",
            "action TEXT",
            "arguments TEXT");

    private static final String WITHDRAW =
        """
        effects_withdrawn as (
          delete from run_effect
          using %s
          where run_effect.run = withdrawn.run and run_effect.activation = withdrawn.activation
        )
        """;

    private static final String ASK =
        """
        effects_asked as (
          insert into run_effect (
            run, activation, subject_kind, subject_id, action, arguments, asked_at, due_at, term
          )
          select
            asked.run, asked.activation, asked.subject_kind, asked.subject_id, asked.action,
            cast(asked.arguments as json), statement_timestamp(), statement_timestamp(),
            nextval('run_effect_term')
          from %s
          on conflict (run, activation) do update
          set
            action = excluded.action,
            arguments = excluded.arguments,
            asked_at = excluded.asked_at,
            due_at = excluded.due_at,
            term = excluded.term,
            tries = 0
        )
        """;

    boolean isEmpty() {
      return asked.isEmpty() && withdrawn.isEmpty();
    }

    void addTo(Writes writes) {
      writes.add(WITHDRAW, withdrawn);
      writes.add(ASK, asked);
    }
  }

  /// What these runs ask for.
  static Change change(List<HeldRun> runs) {
    var change = new Change(new RowValues(Change.ASKED), new RowValues(Change.WITHDRAWN));
    for (HeldRun run : runs) {
      run.actions()
          .forEach((activation, action) -> {
            if (action == null) {
              change.withdrawn().add(run.id().value(), activation);
            } else {
              change
                  .asked()
                  .add(
                      run.id().value(),
                      activation,
                      run.subject().kind(),
                      run.subject().id(),
                      action.action(),
                      ValuesJson.write(action.arguments()));
            }
          });
    }
    return change;
  }

  /// Tells this node's performers of a change that another statement has written, once it is
  /// committed.
  void changed(Change change) {
    if (!change.isEmpty()) {
      bell.ring();
    }
  }

  /// Rings when something is asked for on this node.
  Bell bell() {
    return bell;
  }

  /// Takes up what is due of these actions, each under a new term.
  @Transactional
  public List<Taken> take(Collection<String> actions, int most) {
    return database
        .sql(
            """
            with chosen as materialized (
              select id
              from run_effect
              where due_at <= statement_timestamp() and action = any(:actions)
              order by due_at, id
              limit :most
              for update skip locked
            )
            update run_effect
            set
              term = nextval('run_effect_term'),
              tries = tries + 1,
              due_at = statement_timestamp() + :lease * interval '1 second'
            where id = any(array(select id from chosen))
            returning run, activation, subject_kind, subject_id, action, arguments, tries, term
            """)
        .param("actions", actions.toArray(String[]::new))
        .param("most", most)
        .param("lease", LEASE.toSeconds())
        .query((row, _) ->
            new Taken(
                new RunId(row.getLong("run")),
                new Effect.PerformAction(
                    row.getInt("activation"),
                    row.getString("action"),
                    ValuesJson.read(row.getString("arguments"))),
                new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
                row.getInt("tries"),
                row.getLong("term")))
        .list();
  }

  /// Whether the term still holds; begins the lease anew, so that there is time to perform.
  @Transactional
  public boolean extend(Taken taken) {
    return database
            .sql(
                """
                update run_effect
                set due_at = statement_timestamp() + :lease * interval '1 second'
                where run = :run and activation = :activation and term = :term
                """)
            .param("run", taken.run().value())
            .param("activation", taken.action().activation())
            .param("term", taken.term())
            .param("lease", LEASE.toSeconds())
            .update()
        == 1;
  }

  /// Ends it if the term still holds, in the caller's transaction, which has the run's lock:
  /// whoever asks for it anew or withdraws it has that too.
  Standing end(Taken taken) {
    return database
        .sql(
            """
            with ended as (
              delete from run_effect
              where run = :run and activation = :activation and term = :term
              returning id
            )
            select
              exists (select from ended) as held,
              exists (
                select from run_effect where run = :run and activation = :activation
              ) as known
            """)
        .param("run", taken.run().value())
        .param("activation", taken.action().activation())
        .param("term", taken.term())
        .query((row, _) ->
            row.getBoolean("held")
                ? Standing.HELD
                : row.getBoolean("known") ? Standing.ANOTHERS : Standing.GONE)
        .single();
  }
}
