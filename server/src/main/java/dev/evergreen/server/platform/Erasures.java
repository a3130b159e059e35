package dev.evergreen.server.platform;

import dev.evergreen.server.platform.DataMap.Whose;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What has been erased and what is being erased. Asking for it writes down everything that is
/// about the subject; [Erasing] then goes through it a few at a time, each time in one transaction,
/// so that it goes on where it was when a node dies. What remains is the receipt.
@Component
public class Erasures {
  static final String DUE = "platform.erasure";
  private static final int PAGE = 50;

  private final JdbcClient jdbc;
  private final DataMap map;
  private final Due due;
  private final DatabaseClock clock;

  Erasures(JdbcClient jdbc, DataMap map, Due due, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.map = map;
    this.due = due;
    this.clock = clock;
  }

  /// Why something is erased.
  public enum Cause {
    /// The person asked for it.
    ASKED,
    /// It was kept as long as the rules say.
    RETENTION,
    /// It had been erased before an older state of the database was put back.
    RESTORED;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// An erasure, under way or done: the receipt, which says nothing about the person.
  ///
  /// @param counts how many rows of which table were taken out, emptied or rewritten so far
  /// @param doneAt null while it goes on
  /// @param hash over everything else here, also sealed in the audit log; null while it goes on
  public record Receipt(
      long id,
      Cause cause,
      Subject subject,
      Asked asked,
      @Nullable Instant doneAt,
      Map<String, Object> counts,
      @Nullable String hash) {
    public Receipt {
      counts = Map.copyOf(counts);
    }

    public boolean isDone() {
      return doneAt != null;
    }
  }

  /// Who asked for it and when.
  public record Asked(@Nullable Long agent, String name, Instant at) {}

  /// Begins to erase a subject with everything about it; the receipt that is already being made, if
  /// there is one.
  @Transactional
  public Outcome<Receipt> begin(Subject subject, Cause cause, Actor by) {
    var open = underWay(subject);
    if (open.isPresent()) {
      return Outcome.accepted(open.get());
    }
    var born = map.bornAt(subject);
    if (born.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no " + subject + ".");
    }
    var id = insert(new Whose(subject, map.namesOf(subject)), cause, by, born.get());
    addParts(id, map.closure(subject));
    due.set(DUE, "" + id, clock.instant(), Map.of());
    return Outcome.accepted(withId(id).orElseThrow());
  }

  private long insert(Whose whose, Cause cause, Actor by, Instant born) {
    return jdbc.sql(
            """
            insert into erasure (
              cause, subject_kind, subject_id, born_at, names, asked_at, asked_by, asked_by_name
            )
            values (:cause, :kind, :subject, :born, :names, :now, :agent, :name)
            returning id
            """)
        .param("cause", cause.key())
        .param("kind", whose.subject().kind())
        .param("subject", whose.subject().id())
        .param("born", Timestamps.of(born))
        .param("names", whose.names().toArray(String[]::new))
        .param("now", Timestamps.of(clock.instant()))
        .param("agent", by.kind().equals("agent") ? by.id() : null)
        .param("name", by.name())
        .query(Long.class)
        .single();
  }

  /// Adds what is not yet among the parts.
  ///
  /// @return how many that were
  int addParts(long id, List<Subject> all) {
    return jdbc.sql(
            """
            insert into erasure_part (erasure, subject_kind, subject_id, place)
            select :erasure, part.kind, part.id, part.place + (
              select coalesce(max(place), 0) from erasure_part where erasure = :erasure)
            from unnest(cast(:kinds as text[]), cast(:ids as bigint[]))
              with ordinality as part (kind, id, place)
            on conflict (erasure, subject_kind, subject_id) do nothing
            """)
        .param("erasure", id)
        .param("kinds", all.stream().map(Subject::kind).toArray(String[]::new))
        .param("ids", all.stream().map(Subject::id).toArray(Long[]::new))
        .update();
  }

  public Optional<Receipt> withId(long id) {
    return jdbc.sql("select * from erasure where id = :id")
        .param("id", id)
        .query(Erasures::read)
        .optional();
  }

  /// The newest about this subject.
  public Optional<Receipt> of(Subject subject) {
    return jdbc.sql(
            """
            select * from erasure
            where subject_kind = :kind and subject_id = :id
            order by id desc
            limit 1
            """)
        .param("kind", subject.kind())
        .param("id", subject.id())
        .query(Erasures::read)
        .optional();
  }

  private Optional<Receipt> underWay(Subject subject) {
    return of(subject).filter(receipt -> !receipt.isDone());
  }

  /// What was erased last, before the given receipt.
  public List<Receipt> before(long id) {
    return jdbc.sql("select * from erasure where id < :id order by id desc limit :limit")
        .param("id", id)
        .param("limit", PAGE)
        .query(Erasures::read)
        .list();
  }

  static Receipt read(ResultSet row, int number) throws SQLException {
    var done = row.getObject("done_at", OffsetDateTime.class);
    return new Receipt(
        row.getLong("id"),
        Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
        new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
        new Asked(
            row.getObject("asked_by", Long.class),
            row.getString("asked_by_name"),
            row.getObject("asked_at", OffsetDateTime.class).toInstant()),
        done == null ? null : done.toInstant(),
        Json.read(row.getString("counts")),
        row.getString("hash"));
  }
}
