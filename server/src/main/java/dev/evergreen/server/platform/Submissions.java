package dev.evergreen.server.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What people ask for, each done once. What came of it is kept under its key, in the transaction
/// that did it, and is the answer to everybody who asks for the same again, on whichever node. When
/// the connection to the database is lost around a commit and nobody can know what became of it,
/// the same is simply done again: either it was done, and what came of it is there, or it was not,
/// and now it is. The same helps when the database undoes it for others' sake (a deadlock).
@Component
public class Submissions {
  private static final Logger log = LoggerFactory.getLogger(Submissions.class);
  private static final Duration KEPT = Duration.ofDays(2);
  private static final Duration FORGETTING = Duration.ofMinutes(1);
  private static final int MOST_TRIES = 4;

  private static final RowValues.Columns KEPT_ROW =
      RowValues.Columns.of("done", "key TEXT", "result TEXT", "at TIMESTAMPTZ");

  private static final String KEEP =
      """
      results_kept as (
        insert into submission (key, result, at)
        select done.key, done.result, done.at
        from %s
      )
      """;

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final JdbcClient database;
  private final DatabaseClock clock;
  private final TransactionTemplate transaction;
  private final GroupCommit group;
  private final LastWrites last;
  private volatile long forgotAt = System.nanoTime();

  Submissions(
      JdbcClient database,
      DatabaseClock clock,
      PlatformTransactionManager transactions,
      GroupCommit group,
      LastWrites last) {
    this.database = database;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
    this.group = group;
    this.last = last;
  }

  /// Does what was submitted unless it was done before, in one transaction. What is refused changes
  /// nothing and is not kept.
  ///
  /// @param key the same for whoever sends the same again
  public Outcome<String> once(String key, Supplier<Outcome<String>> command) {
    return untilKnown(() ->
        transaction.execute(status -> {
          Optional<String> before = resultOf(key);
          if (before.isPresent()) {
            return Outcome.accepted(before.get());
          }
          Outcome<String> outcome = command.get();
          if (outcome instanceof Outcome.Accepted<String>(String result) && keep(key, result)) {
            return outcome;
          }
          // Refused, perhaps only because the same came by two ways at once and the other was
          // faster; whoever holds a key has committed by now.
          status.setRollbackOnly();
          return resultOf(key).map(Outcome::accepted).orElse(outcome);
        }));
  }

  /// The same for a command that has written nothing when it is refused: it may share its
  /// transaction with others. The first try only hopes that it was not done before, which the key
  /// of the row tells that comes with the commit.
  ///
  /// @param ahead what the command will read
  public Outcome<String> together(
      String key, GroupCommit.Ahead<?> ahead, Supplier<Outcome<String>> command) {
    Outcome<String> outcome = untilKnown(() -> group.together(() -> done(key, command), ahead));
    forgetNowAndThen();
    return outcome;
  }

  private Outcome<String> done(String key, Supplier<Outcome<String>> command) {
    Optional<String> before = FirstTry.isOn() ? Optional.empty() : resultOf(key);
    if (before.isPresent()) {
      return Outcome.accepted(before.get());
    }
    Outcome<String> outcome = command.get();
    if (outcome instanceof Outcome.Accepted<String>(String result)) {
      last.add(KEEP, KEPT_ROW, key, result, clock.instant().toString());
      return outcome;
    }
    return resultOf(key).map(Outcome::accepted).orElse(outcome);
  }

  /// Takes a command again whose outcome was lost with the connection. It must be one that may be
  /// given twice.
  public <T> T untilKnown(Supplier<T> command) {
    for (int tries = 1; ; tries++) {
      try {
        return command.get();
      } catch (RuntimeException e) {
        if (!PassingFailure.is(e) || tries == MOST_TRIES) {
          throw e;
        }
        log.warn(
            "A request was undone, or nobody knows what became of it (try {}); it is taken again.",
            tries,
            e);
        pause(tries);
      }
    }
  }

  private Optional<String> resultOf(String key) {
    return database
        .sql("select result from submission where key = :key")
        .param("key", key)
        .query(String.class)
        .optional();
  }

  /// Keeps a result and clears away a few old ones; false when there is one.
  private boolean keep(String key, String result) {
    Instant now = clock.instant();
    return database
            .sql(
                """
                with old as (
                  delete from submission
                  where key in (
                    select key from submission where at < :old
                    order by at limit 10 for update skip locked))
                insert into submission (key, result, at)
                values (:key, :result, :now)
                on conflict (key) do nothing
                """)
            .param("key", key)
            .param("result", result)
            .param("now", Timestamps.of(now))
            .param("old", Timestamps.of(now.minus(KEPT)))
            .update()
        == 1;
  }

  private void forgetNowAndThen() {
    long now = System.nanoTime();
    if (now - forgotAt > FORGETTING.toNanos()) {
      forgotAt = now;
      database
          .sql(
              """
              delete from submission
              where key in (
                select key from submission where at < :old
                order by at limit 1000 for update skip locked)
              """)
          .param("old", Timestamps.of(clock.instant().minus(KEPT)))
          .update();
    }
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(PAUSE.multipliedBy(tries));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected to try again, but was interrupted", e);
    }
  }
}
