package dev.evergreen.server.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The one clock: the database's, plus a stored offset that only a demo or test database may set. A
/// node's own clock is never believed; between looks at the database its monotonic time carries on.
@Component
public final class DatabaseClock implements InstantSource {
  private record Look(Instant instant, Duration offset, long nanos) {
    Instant extrapolated() {
      return instant.plusNanos(System.nanoTime() - nanos);
    }
  }

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final boolean movable;
  private volatile Look last;

  DatabaseClock(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      @Value("${evergreen.clock.movable:${evergreen.demo:false}}") boolean movable) {
    this.jdbc = jdbc;
    this.movable = movable;
    apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    last = look();
  }

  /// The present instant, to the microsecond as the database keeps it.
  @Override
  public Instant instant() {
    return last.extrapolated().truncatedTo(ChronoUnit.MICROS);
  }

  /// Moves the clock of this database, for all its nodes and for good. Refused unless
  /// `evergreen.clock.movable` is set, as demos and tests do.
  public void moveTo(Instant instant) {
    if (!movable) {
      throw new IllegalStateException(
          "expected a demo or test database, but this database's clock may not be moved");
    }
    long before = System.nanoTime();
    last =
        apart.execute(_ ->
            jdbc.sql(
                    """
                    with moment as materialized (select clock_timestamp() as at)
                    update clock_offset
                    set
                      micros = cast(
                        extract(epoch from cast(:instant as timestamptz) - moment.at) * 1000000 as bigint)
                    from moment
                    returning moment.at + micros * interval '1 microsecond' as now, micros
                    """)
                .param("instant", Timestamps.of(instant))
                .query((row, _) -> look(row, before))
                .single());
  }

  /// Lets a clock that was moved show the real time again, for all nodes.
  public void release() {
    apart.executeWithoutResult(_ -> jdbc.sql("update clock_offset set micros = 0").update());
    last = look();
  }

  /// Looks at the database's clock again. The small steps of that are smoothed away: unless
  /// somebody moved the clock, time does not run backwards.
  void refresh() {
    Look before = last;
    Look now = look();
    boolean moved = !now.offset().equals(before.offset());
    boolean behind = now.extrapolated().isBefore(before.extrapolated());
    last =
        !moved && behind && now.extrapolated().plusMillis(50).isAfter(before.extrapolated())
            ? before
            : now;
  }

  private Look look() {
    long before = System.nanoTime();
    return apart.execute(_ ->
        jdbc.sql(
                """
                select clock_timestamp() + micros * interval '1 microsecond' as now, micros
                from clock_offset
                """)
            .query((row, _) -> look(row, before))
            .single());
  }

  private static Look look(ResultSet row, long before) throws SQLException {
    return new Look(
        row.getObject(1, OffsetDateTime.class).toInstant(),
        Duration.of(row.getLong(2), ChronoUnit.MICROS),
        before + (System.nanoTime() - before) / 2);
  }
}
