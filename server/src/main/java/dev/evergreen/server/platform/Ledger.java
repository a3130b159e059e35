package dev.evergreen.server.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one append-only record of everything that happened, written in the transaction that makes it
/// true. Audit, live pages, workflow triggers and figures all read it; nothing is called inline.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
public final class Ledger implements LateWrites {
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

  /// An entry of the present transaction. It gets its id when it is written, at the latest when the
  /// transaction commits.
  public static final class Written {
    private final Subject subject;
    private final long revision;
    private final Happening happening;
    private final Instant at;
    private long id;

    private Written(Subject subject, long revision, Happening happening, Instant at) {
      this.subject = subject;
      this.revision = revision;
      this.happening = happening;
      this.at = at;
    }

    public long revision() {
      return revision;
    }

    /// 0 as long as it is not written.
    public long idIfWritten() {
      return id;
    }

    /// The entry as everybody will see it.
    public Entry entry() {
      if (id == 0) {
        throw new IllegalStateException(
            "expected the entry %s of %s to be written, but it is still kept"
                .formatted(happening.kind(), subject));
      }
      return new Entry(
          id, subject, revision, happening.kind(), happening.by(), at, happening.data());
    }
  }

  private final JdbcClient jdbc;
  private final LastWrites last;
  private final DatabaseClock clock;
  private final MonthPartitions months;
  private final Hints hints;
  private final PerTransaction<List<Written>> kept =
      PerTransaction.written(
          ArrayList::new, Ordered.LOWEST_PRECEDENCE, _ -> writeAtCommit(), List::clear);

  Ledger(
      JdbcClient jdbc, LastWrites last, DatabaseClock clock, MonthPartitions months, Hints hints) {
    this.jdbc = jdbc;
    this.last = last;
    this.clock = clock;
    this.months = months;
    this.hints = hints;
  }

  /// Adds an entry to the caller's transaction, which writes all of its entries in one go, in their
  /// order, before it commits. The revision is the subject's, taken under its row lock; data holds
  /// JSON values (ids and short values, never texts) and no nulls.
  public Written append(
      Subject subject, long revision, String kind, Actor by, Map<String, Object> data) {
    if (!PerTransaction.isPossible()) {
      throw new IllegalStateException(
          "expected a transaction around the ledger's entry %s of %s, but there is none"
              .formatted(kind, subject));
    }
    var entry =
        new Written(subject, revision, new Happening(kind, by, Map.copyOf(data)), clock.instant());
    kept.get().add(entry);
    hints.afterCommit(Hints.News.LEDGER);
    return entry;
  }

  /// Adds several entries about one subject, with revisions that count up from `revision`.
  public List<Written> append(Subject subject, long revision, List<Happening> happenings) {
    return IntStream.range(0, happenings.size())
        .mapToObj(i -> {
          Happening one = happenings.get(i);
          return append(subject, revision + i, one.kind(), one.by(), one.data());
        })
        .toList();
  }

  @Override
  public void flush() {
    Batch batch = batch();
    if (!batch.isEmpty()) {
      last.now(batch.writes());
    }
  }

  private void writeAtCommit() {
    Batch batch = batch();
    if (!batch.isEmpty()) {
      last.keep(batch.writes());
    }
  }

  /// Takes out what the present transaction has not written yet, for a statement that writes more.
  public Batch batch() {
    List<Written> entries = kept.ifThere();
    if (entries == null || entries.isEmpty()) {
      return new Batch(List.of());
    }
    var batch = new Batch(List.copyOf(entries));
    entries.clear();
    batch.entries().forEach(entry -> months.ensure("ledger", entry.at));
    return batch;
  }

  /// Entries that one statement writes in their order, as its part `written`.
  public record Batch(List<Written> entries) {
    private static final RowValues.Columns COLUMNS =
        RowValues.Columns.of(
            "entry",
            "number INT",
            "slot SMALLINT",
            "subject_kind TEXT",
            "subject_id BIGINT",
            "revision BIGINT",
            "kind TEXT",
            "actor_kind TEXT",
            "actor_id BIGINT",
            "actor_name TEXT",
            "at TIMESTAMPTZ",
            "data TEXT");

    /// The transaction's number is drawn in the inner query, so before the entries' ids: whoever
    /// sees a higher id knows that every transaction which may still bring a lower one is already
    /// running.
    private static final String INSERT =
        """
        written as (
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
            entry.slot,
            entry.subject_kind,
            entry.subject_id,
            entry.revision,
            entry.kind,
            entry.actor_kind,
            entry.actor_id,
            entry.actor_name,
            entry.at,
            cast(entry.data as json)
          from (select pg_current_xact_id() as xact offset 0) as drawn, %s
          order by entry.number
          returning id, subject_kind, subject_id, revision
        )
        """;

    private static final String NOTHING =
        """
        written as (
          select id, subject_kind, subject_id, revision
          from ledger
          where false
        )
        """;

    public boolean isEmpty() {
      return entries.isEmpty();
    }

    /// A statement that writes them, to which others may be added.
    public Writes writes() {
      var rows = new RowValues(COLUMNS);
      for (Written entry : entries) {
        Happening happening = entry.happening;
        rows.add(
            rows.size(),
            slotOf(entry.subject),
            entry.subject.kind(),
            entry.subject.id(),
            entry.revision,
            happening.kind(),
            happening.by().kind(),
            happening.by().id(),
            happening.by().name(),
            entry.at.toString(),
            Json.write(happening.data()));
      }
      var writes = new Writes();
      if (isEmpty()) {
        writes.add(NOTHING);
      }
      writes.add(INSERT, rows);
      writes.returning("select id from written order by id", this::wrote);
      return writes;
    }

    /// Tells the entries their ids, in the order in which the database gave them.
    private void wrote(List<Long> ids) {
      if (ids.size() != entries.size()) {
        throw new IllegalStateException(
            "expected %d entries to be written, but found %d"
                .formatted(entries.size(), ids.size()));
      }
      for (int i = 0; i < ids.size(); i++) {
        entries.get(i).id = ids.get(i);
      }
    }
  }

  /// What happened to a subject, oldest first, at most the newest `limit` entries.
  public List<Entry> of(Subject subject, int limit) {
    return of(subject, Long.MIN_VALUE, Long.MAX_VALUE, limit);
  }

  /// The same of the entries with ids from `since` up to, and without, `before`.
  public List<Entry> of(Subject subject, long since, long before, int limit) {
    return of(subject, LedgerPart.between(since, before), limit);
  }

  private List<Entry> of(Subject subject, LedgerPart part, int limit) {
    flush();
    return jdbc.sql(
            """
            select *
            from ledger
            where subject_kind = :kind
              and subject_id = :id
              and id >= :since
              and id < :before
              and at >= :from
            order by id desc
            limit :limit
            """)
        .param("kind", subject.kind())
        .param("id", subject.id())
        .param("since", part.since())
        .param("before", part.before())
        .param("from", part.from())
        .param("limit", limit)
        .query(Ledger::entry)
        .list()
        .reversed();
  }

  /// The same of several subjects of one kind together.
  public List<Entry> of(String subjectKind, Collection<Long> subjects, LedgerPart part, int limit) {
    if (subjects.size() == 1) {
      return of(new Subject(subjectKind, subjects.iterator().next()), part, limit);
    }
    flush();
    return jdbc.sql(
            """
            select *
            from ledger
            where subject_kind = :kind
              and subject_id = any(:ids)
              and id >= :since
              and id < :before
              and at >= :from
            order by id desc
            limit :limit
            """)
        .param("kind", subjectKind)
        .param("ids", subjects.toArray(Long[]::new))
        .param("since", part.since())
        .param("before", part.before())
        .param("from", part.from())
        .param("limit", limit)
        .query(Ledger::entry)
        .list()
        .reversed();
  }

  /// Whether anything happened to these subjects before an entry.
  ///
  /// @param part whose `before` is the entry
  public boolean isBefore(String subjectKind, Collection<Long> subjects, LedgerPart part) {
    return jdbc.sql(
            """
            select exists (
              select from ledger
              where subject_kind = :kind
                and subject_id = any(:ids)
                and id < :entry
                and at >= :from) as found
            """)
        .param("kind", subjectKind)
        .param("ids", subjects.toArray(Long[]::new))
        .param("entry", part.before())
        .param("from", part.from())
        .query((row, _) -> row.getBoolean("found"))
        .single();
  }

  /// What happened of some kinds to several subjects of one kind, oldest first, at most the newest
  /// `limit` entries.
  ///
  /// @param earliest no entry of the subjects is older
  public List<Entry> of(
      String subjectKind,
      Collection<Long> subjects,
      Collection<String> kinds,
      Instant earliest,
      int limit) {
    return subjects.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select *
                from ledger
                where subject_kind = :subjectKind
                  and subject_id = any(:subjects)
                  and kind = any(:kinds)
                  and at >= :from
                order by id desc
                limit :limit
                """)
            .param("subjectKind", subjectKind)
            .param("subjects", subjects.toArray(Long[]::new))
            .param("kinds", kinds.toArray(String[]::new))
            .param("from", LedgerPart.whole(earliest).from())
            .param("limit", limit)
            .query(Ledger::entry)
            .list()
            .reversed();
  }

  /// Everything that happened to these subjects of one kind, oldest first.
  ///
  /// @param earliest no entry of them is older
  public List<Entry> of(String subjectKind, List<Long> subjects, Instant earliest) {
    flush();
    return jdbc.sql(
            """
            select *
            from ledger
            where subject_kind = :kind and subject_id = any(:ids) and at >= :from
            order by id
            """)
        .param("kind", subjectKind)
        .param("ids", subjects.toArray(Long[]::new))
        .param("from", LedgerPart.whole(earliest).from())
        .query(Ledger::entry)
        .list();
  }

  /// An entry from a row of a statement that joins others to it.
  public static Entry read(ResultSet row, int number) throws SQLException {
    return entry(row, number);
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

  /// Stable for ever: it is stored with the entry.
  static short slotOf(Subject subject) {
    int mixed = (subject.kind().hashCode() * 31 + Long.hashCode(subject.id())) * 0x9E3779B9;
    return (short) (mixed >>> 29);
  }
}
