package dev.evergreen.server.platform;

import dev.evergreen.server.platform.DataMap.Whose;
import dev.evergreen.server.platform.Erasures.Receipt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Erases what an erasure has written down, a few subjects in a transaction, until nothing is left.
/// Then what the person was known by goes too, and the receipt is sealed into the audit log.
@Component
final class Erasing implements DueReaction {
  private static final int AT_ONCE = 20;

  private final JdbcClient jdbc;
  private final DataMap map;
  private final Erasures erasures;
  private final Due due;
  private final AuditTrail trail;
  private final DatabaseClock clock;

  Erasing(
      JdbcClient jdbc,
      DataMap map,
      Erasures erasures,
      Due due,
      AuditTrail trail,
      DatabaseClock clock) {
    this.jdbc = jdbc;
    this.map = map;
    this.erasures = erasures;
    this.due = due;
    this.trail = trail;
    this.clock = clock;
  }

  private record Job(Receipt receipt, List<String> names, Instant bornAt) {}

  private record Part(int place, Subject subject) {}

  @Override
  public String kind() {
    return Erasures.DUE;
  }

  @Override
  public void fire(Due.Item item) {
    var job = locked(Long.parseLong(item.key()));
    if (job.receipt().isDone()) {
      return;
    }
    var counts = new LinkedHashMap<>(job.receipt().counts());
    var parts = next(job);
    for (Part part : parts) {
      var names = part.subject().equals(job.receipt().subject()) ? job.names() : List.<String>of();
      map.erase(new Whose(part.subject(), names), by(job.receipt()))
          .forEach((table, count) ->
              counts.merge(table, count, (one, more) -> toLong(one) + toLong(more)));
    }
    keep(job, parts, counts);
    if (parts.size() == AT_ONCE || cameMeanwhile(job)) {
      due.set(Erasures.DUE, item.key(), clock.instant(), Map.of());
    } else {
      finish(job, counts);
    }
  }

  /// A mail may have been on its way to a ticket while the person was erased.
  private boolean cameMeanwhile(Job job) {
    var receipt = job.receipt();
    return erasures.addParts(receipt.id(), map.closure(receipt.subject())) > 0;
  }

  private static long toLong(Object count) {
    return ((Number) count).longValue();
  }

  private static Actor by(Receipt receipt) {
    var agent = receipt.asked().agent();
    return agent == null ? Actor.SYSTEM : Actor.agent(agent, receipt.asked().name());
  }

  private Job locked(long id) {
    return jdbc.sql("select * from erasure where id = :id for no key update")
        .param("id", id)
        .query((row, number) ->
            new Job(
                Erasures.read(row, number),
                List.of((String[]) row.getArray("names").getArray()),
                row.getObject("born_at", OffsetDateTime.class).toInstant()))
        .single();
  }

  private List<Part> next(Job job) {
    return jdbc.sql(
            """
            select * from erasure_part
            where erasure = :erasure and not erased
            order by place
            limit :limit
            """)
        .param("erasure", job.receipt().id())
        .param("limit", AT_ONCE)
        .query((row, _) ->
            new Part(
                row.getInt("place"),
                new Subject(row.getString("subject_kind"), row.getLong("subject_id"))))
        .list();
  }

  private void keep(Job job, List<Part> erased, Map<String, Object> counts) {
    jdbc.sql(
            """
            with done as (
              update erasure_part set erased = true
              where erasure = :erasure and not erased and place <= :place)
            update erasure set counts = cast(:counts as json) where id = :erasure
            """)
        .param("erasure", job.receipt().id())
        .param("place", erased.isEmpty() ? 0 : erased.getLast().place())
        .param("counts", Json.write(counts))
        .update();
  }

  private void finish(Job job, Map<String, Object> counts) {
    jdbc.sql("delete from erasure_part where erasure = :erasure")
        .param("erasure", job.receipt().id())
        .update();
    var now = clock.instant();
    var hash = hashOf(job.receipt(), counts, now);
    jdbc.sql("update erasure set names = '{}', done_at = :now, hash = :hash where id = :id")
        .param("id", job.receipt().id())
        .param("now", Timestamps.of(now))
        .param("hash", hash)
        .update();
    var subject = job.receipt().subject();
    trail.append(
        new Subject("erasure", job.receipt().id()),
        1,
        "erasure.done",
        by(job.receipt()),
        Map.of(
            "cause", job.receipt().cause().key(),
            "of", subject.toString(),
            "born", job.bornAt().toString(),
            "hash", hash));
  }

  /// Over the lines of the receipt, each table with its count in the order of the alphabet.
  static String hashOf(Receipt receipt, Map<String, Object> counts, Instant doneAt) {
    var text =
        new StringBuilder()
            .append("erasure ")
            .append(receipt.id())
            .append('\n')
            .append(receipt.cause().key())
            .append(' ')
            .append(receipt.subject())
            .append('\n')
            .append("asked ")
            .append(receipt.asked().at())
            .append(" by ")
            .append(receipt.asked().name())
            .append('\n')
            .append("done ")
            .append(doneAt)
            .append('\n');
    new TreeMap<>(counts)
        .forEach((table, count) -> text.append(table).append(' ').append(count).append('\n'));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
