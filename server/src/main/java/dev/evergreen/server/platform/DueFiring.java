package dev.evergreen.server.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Fires what is due, a batch in a transaction: claimed items are removed and their reactions run,
/// or neither. Nodes skip each other's claims.
@Component
final class DueFiring {
  private static final Logger log = LoggerFactory.getLogger(DueFiring.class);
  private static final int BATCH = 100;
  private static final int MOST_TRIES = 5;

  private record Claimed(Due.Item item, int tries) {}

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final TransactionTemplate batch;
  private final TransactionTemplate savepoint;
  private final ObjectProvider<DueReaction> components;
  private Map<String, DueReaction> reactions = Map.of();

  DueFiring(
      JdbcClient jdbc,
      DatabaseClock clock,
      PlatformTransactionManager transactions,
      ObjectProvider<DueReaction> components) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.components = components;
    batch = new TransactionTemplate(transactions);
    savepoint = new TransactionTemplate(transactions);
    savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  void start() {
    reactions =
        components.stream().collect(Collectors.toMap(DueReaction::kind, Function.identity()));
  }

  /// Fires at most one batch of what is due now; false when there was nothing to claim. Like a
  /// ledger reader's, a batch that fails is done again with a savepoint for each item.
  boolean fire() {
    if (reactions.isEmpty()) {
      return false;
    }
    try {
      return FirstTry.of(() -> Boolean.TRUE.equals(batch.execute(_ -> fire(this::react))));
    } catch (RuntimeException e) {
      log.debug("A batch of due items failed and is done again one by one.", e);
      return Boolean.TRUE.equals(batch.execute(_ -> fire(this::reactAlone)));
    }
  }

  /// Whether anything is due that a node with these reactions would fire.
  boolean isAnythingLeft() {
    return !reactions.isEmpty()
        && jdbc.sql(
                """
                select exists (
                  select from due
                  where fault is null and at <= :now and kind = any(:kinds)
                )
                """)
            .param("now", Timestamps.of(clock.instant()))
            .param("kinds", kinds())
            .query(Boolean.class)
            .single();
  }

  private interface React {
    void to(Claimed claimed);
  }

  private boolean fire(React react) {
    List<Claimed> claimed = claim();
    claimed.forEach(react::to);
    return !claimed.isEmpty();
  }

  private List<Claimed> claim() {
    List<Claimed> claimed =
        jdbc.sql(
                """
                select kind, key, at, data, tries
                from due
                where fault is null and at <= :now and kind = any(:kinds)
                order by at, kind, key
                limit :batch
                for update skip locked
                """)
            .param("now", Timestamps.of(clock.instant()))
            .param("kinds", kinds())
            .param("batch", BATCH)
            .query((row, _) ->
                new Claimed(
                    new Due.Item(
                        row.getString("kind"),
                        row.getString("key"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Json.read(row.getString("data"))),
                    row.getInt("tries")))
            .list();
    if (!claimed.isEmpty()) {
      remove(claimed);
    }
    return claimed;
  }

  private void remove(List<Claimed> claimed) {
    jdbc.sql(
            """
            delete from due
            where (kind, key) in (
              select * from unnest(cast(:kinds as text[]), cast(:keys as text[]))
            )
            """)
        .param("kinds", claimed.stream().map(one -> one.item().kind()).toArray(String[]::new))
        .param("keys", claimed.stream().map(one -> one.item().key()).toArray(String[]::new))
        .update();
  }

  private void react(Claimed claimed) {
    DueReaction reaction = reactions.get(claimed.item().kind());
    if (reaction == null) {
      throw new IllegalStateException(
          "expected only kinds that were asked for, but found " + claimed.item().kind());
    }
    reaction.fire(claimed.item());
  }

  private void reactAlone(Claimed claimed) {
    try {
      savepoint.executeWithoutResult(_ -> react(claimed));
    } catch (RuntimeException e) {
      if (PassingFailure.is(e)) {
        throw e; // not the item's fault: the whole batch is done again later
      }
      putBack(claimed, e);
    }
  }

  /// Tried again after 1, 4, 9 and 16 minutes; then it waits for a person, with its fault.
  private void putBack(Claimed claimed, RuntimeException error) {
    Due.Item item = claimed.item();
    int tries = claimed.tries() + 1;
    boolean last = tries >= MOST_TRIES;
    Instant again = clock.instant().plus(Duration.ofMinutes((long) tries * tries));
    log.error(
        "The due item {} {} failed (try {} of {}); {}.",
        item.kind(),
        item.key(),
        tries,
        MOST_TRIES,
        last ? "it is kept as a fault" : "it is tried again at " + again,
        error);
    jdbc.sql(
            """
            insert into due (kind, key, at, data, tries, fault)
            values (:kind, :key, :at, cast(:data as jsonb), :tries, :fault)
            on conflict (kind, key) do nothing
            """)
        .param("kind", item.kind())
        .param("key", item.key())
        .param("at", Timestamps.of(last ? item.at() : again))
        .param("data", Json.write(item.data()))
        .param("tries", tries)
        .param("fault", last ? error.toString() : null)
        .update();
  }

  private String[] kinds() {
    return reactions.keySet().toArray(String[]::new);
  }
}
