package dev.evergreen.server.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
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
import org.springframework.transaction.support.TransactionTemplate;

/// Fires what is due, a batch in a transaction: claimed items are removed and their reactions run,
/// or neither. Nodes skip each other's claims.
@Component
final class DueFiring {
  private static final Logger log = LoggerFactory.getLogger(DueFiring.class);
  static final int BATCH = 100;

  /// What one of several threads takes at a time, so that something is left for the others.
  static final int SHARE = 12;

  private static final int MOST_TRIES = 5;

  private record Claimed(Due.Item item, int tries) {}

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final TransactionTemplate batch;
  private final Savepoints savepoints;
  private final ObjectProvider<DueReaction> components;
  private Map<String, DueReaction> reactions = Map.of();

  DueFiring(
      JdbcClient jdbc,
      DatabaseClock clock,
      PlatformTransactionManager transactions,
      Savepoints savepoints,
      ObjectProvider<DueReaction> components) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.components = components;
    batch = new TransactionTemplate(transactions);
    this.savepoints = savepoints;
  }

  void start() {
    reactions =
        components.stream().collect(Collectors.toMap(DueReaction::kind, Function.identity()));
  }

  /// Fires at most so many of the items that are due now; returns how many that were. Like a ledger
  /// reader's, a batch that fails is done again with a savepoint for each item. Mostly nothing is
  /// due, which one statement tells without a transaction.
  int fire(int most) {
    if (!isAnythingLeft()) {
      return 0;
    }
    try {
      return FirstTry.of(() -> inTransaction(most, this::reactTogether));
    } catch (RuntimeException e) {
      log.debug("A batch of due items failed and is done again one by one.", e);
      return inTransaction(most, items -> items.forEach(this::reactAlone));
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
    void to(List<Claimed> claimed);
  }

  private int inTransaction(int most, React react) {
    Integer fired =
        batch.execute(_ -> {
          List<Claimed> claimed = claim(most);
          if (!claimed.isEmpty()) {
            react.to(claimed);
          }
          return claimed.size();
        });
    return fired == null ? 0 : fired;
  }

  private List<Claimed> claim(int most) {
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
            .param("batch", most)
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

  private void reactTogether(List<Claimed> claimed) {
    claimed.stream()
        .map(Claimed::item)
        .collect(Collectors.groupingBy(Due.Item::kind, LinkedHashMap::new, Collectors.toList()))
        .forEach((kind, items) -> reaction(kind).fire(items));
  }

  private DueReaction reaction(String kind) {
    DueReaction reaction = reactions.get(kind);
    if (reaction == null) {
      throw new IllegalStateException("expected only kinds that were asked for, but found " + kind);
    }
    return reaction;
  }

  private void reactAlone(Claimed claimed) {
    try {
      savepoints.within(() -> reaction(claimed.item().kind()).fire(List.of(claimed.item())));
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
