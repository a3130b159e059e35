package dev.evergreen.server.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The one append-only record of everything that happened, written in the transaction that makes it
/// true. Audit, live pages, workflow triggers and figures all read it; nothing is called inline.
@Component
public final class Ledger {
  /// Subjects are shared out over so many slots; readers own slots, not subjects.
  static final int SLOTS = 8;

  /// One thing that happened. Ids rise, but a lower id may commit later: readers wait for gaps.
  public record Entry(
      long id,
      Subject subject,
      long revision,
      String kind,
      Actor by,
      Instant at,
      Map<String, Object> data) {
    public Entry {
      data = Map.copyOf(data);
    }
  }

  /// What is to be written about a subject: what happened, by whom.
  public record Happening(String kind, Actor by, Map<String, Object> data) {}

  private final JdbcClient jdbc;
  private final DatabaseClock clock;
  private final MonthPartitions months;
  private final Hints hints;

  Ledger(JdbcClient jdbc, DatabaseClock clock, MonthPartitions months, Hints hints) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.months = months;
    this.hints = hints;
  }

  /// Writes an entry in the caller's transaction. The revision is the subject's, taken under its
  /// row lock; data holds JSON values (ids and short values, never texts) and no nulls.
  public Entry append(
      Subject subject, long revision, String kind, Actor by, Map<String, Object> data) {
    return append(subject, revision, List.of(new Happening(kind, by, data))).getFirst();
  }

  /// Writes several entries about one subject at once, in their order, with revisions that count up
  /// from `revision`.
  ///
  /// The transaction's number is drawn in the inner query, so before the entries' ids: whoever sees
  /// a higher id knows that every transaction which may still bring a lower one is already running.
  public List<Entry> append(Subject subject, long revision, List<Happening> happenings) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "expected a transaction around the ledger's entries %s of %s, but there is none"
              .formatted(happenings.stream().map(Happening::kind).toList(), subject));
    }
    Instant at = clock.instant();
    months.ensure("ledger", at);
    List<Long> ids =
        jdbc.sql(
                """
                insert into ledger (
                  xact,
                  slot,
                  subject_kind,
                  subject_id,
                  revision,
                  kind,
                  actor_kind,
                  actor_id,
                  actor_name,
                  at,
                  data
                )
                select
                  drawn.xact,
                  :slot,
                  :subjectKind,
                  :subjectId,
                  :revision + happening.number - 1,
                  happening.kind,
                  happening.actor_kind,
                  happening.actor_id,
                  happening.actor_name,
                  :at,
                  cast(happening.data as jsonb)
                from
                  (select pg_current_xact_id() as xact offset 0) as drawn,
                  unnest(
                    cast(:kinds as text[]),
                    cast(:actorKinds as text[]),
                    cast(:actorIds as bigint[]),
                    cast(:actorNames as text[]),
                    cast(:data as text[])
                  )
                  with ordinality
                    as happening (kind, actor_kind, actor_id, actor_name, data, number)
                order by happening.number
                returning id
                """)
            .param("slot", slotOf(subject))
            .param("subjectKind", subject.kind())
            .param("subjectId", subject.id())
            .param("revision", revision)
            .param("kinds", texts(happenings, Happening::kind))
            .param("actorKinds", texts(happenings, one -> one.by().kind()))
            .param("actorIds", happenings.stream().map(one -> one.by().id()).toArray(Long[]::new))
            .param("actorNames", texts(happenings, one -> one.by().name()))
            .param("at", Timestamps.of(at))
            .param("data", texts(happenings, one -> Json.write(one.data())))
            .query((row, _) -> row.getLong("id"))
            .list();
    hints.afterCommit();
    return IntStream.range(0, ids.size())
        .mapToObj(i -> {
          Happening one = happenings.get(i);
          return new Entry(ids.get(i), subject, revision + i, one.kind(), one.by(), at, one.data());
        })
        .toList();
  }

  /// What happened to a subject, oldest first, at most the newest `limit` entries.
  public List<Entry> of(Subject subject, int limit) {
    return of(subject, 0, Long.MAX_VALUE, limit);
  }

  /// The same of the entries with ids from `since` up to, and without, `before`.
  public List<Entry> of(Subject subject, long since, long before, int limit) {
    return jdbc.sql(
            """
            select *
            from ledger
            where subject_kind = :kind
              and subject_id = :id
              and id >= :since
              and id < :before
            order by id desc
            limit :limit
            """)
        .param("kind", subject.kind())
        .param("id", subject.id())
        .param("since", since)
        .param("before", before)
        .param("limit", limit)
        .query(Ledger::entry)
        .list()
        .reversed();
  }

  /// What happened of some kinds to several subjects of one kind, oldest first, at most the newest
  /// `limit` entries.
  public List<Entry> of(
      String subjectKind, Collection<Long> subjects, Collection<String> kinds, int limit) {
    return subjects.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select *
                from ledger
                where subject_kind = :subjectKind
                  and subject_id = any(:subjects)
                  and kind = any(:kinds)
                order by id desc
                limit :limit
                """)
            .param("subjectKind", subjectKind)
            .param("subjects", subjects.toArray(Long[]::new))
            .param("kinds", kinds.toArray(String[]::new))
            .param("limit", limit)
            .query(Ledger::entry)
            .list()
            .reversed();
  }

  static Entry entry(ResultSet row, int number) throws SQLException {
    return new Entry(
        row.getLong("id"),
        new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
        row.getLong("revision"),
        row.getString("kind"),
        new Actor(
            row.getString("actor_kind"),
            row.getObject("actor_id", Long.class),
            row.getString("actor_name")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Json.read(row.getString("data")));
  }

  private static String[] texts(List<Happening> happenings, Function<Happening, String> part) {
    return happenings.stream().map(part).toArray(String[]::new);
  }

  /// Stable for ever: it is stored with the entry.
  private static short slotOf(Subject subject) {
    int mixed = (subject.kind().hashCode() * 31 + Long.hashCode(subject.id())) * 0x9E3779B9;
    return (short) (mixed >>> 29);
  }
}
