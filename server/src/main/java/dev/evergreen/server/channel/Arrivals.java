package dev.evergreen.server.channel;

import dev.evergreen.server.platform.FileId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The raw mails that were handed to us and what became of them.
@Component
public class Arrivals {
  private final JdbcClient database;

  Arrivals(JdbcClient database) {
    this.database = database;
  }

  /// A raw mail; `claims` counts how often a reader took it up, and fences the readers before.
  public record Arrival(
      ArrivalId id,
      @Nullable FileId file,
      long size,
      Envelope envelope,
      Instant arrivedAt,
      int claims,
      int failures) {
    boolean isFresh() {
      return claims == 1;
    }
  }

  /// A mail that nobody could read, with the reason.
  public record Quarantined(
      ArrivalId id, String sender, List<String> recipients, long size, Instant at, String reason) {
    public Quarantined {
      recipients = List.copyOf(recipients);
    }
  }

  /// What identifies the bytes of a mail: their hash and Message-ID. A mail without one is told
  /// from an equal one by the day it came, so that a retried delivery is recognized and a machine
  /// that says the same every week is still heard.
  record Content(FileId file, long size, String sha256, String messageId) {}

  Optional<ArrivalId> add(Content content, String mailbox, Envelope envelope, Instant now) {
    String day = envelope.fetched() == null ? now.atZone(ZoneOffset.UTC).toLocalDate() + "" : "";
    String identity = content.messageId().isEmpty() ? "none " + day : content.messageId();
    return database
        .sql(
            """
            insert into arrival
              (file, size, sha256, mailbox, identity, sender, recipients, arrived_at, state, due_at,
              automatic)
            values
              (:file, :size, :sha256, :mailbox, :identity, :sender, :recipients, :now,
              'waiting', :now, :old)
            on conflict (mailbox, identity, sha256) do nothing
            returning id
            """)
        .param("file", content.file().value())
        .param("size", content.size())
        .param("sha256", content.sha256())
        .param("mailbox", mailbox)
        .param("identity", identity)
        .param("sender", envelope.sender())
        .param("recipients", envelope.recipients().toArray(String[]::new))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("old", isOld(envelope, now))
        .query(Long.class)
        .optional()
        .map(ArrivalId::new);
  }

  /// Mail that had lain in its mailbox before we came is taken over, but no machine answers it now.
  private static boolean isOld(Envelope envelope, Instant now) {
    Envelope.Fetched fetched = envelope.fetched();
    Instant received = fetched == null ? null : fetched.receivedAt();
    return received != null && received.isBefore(now.minus(Duration.ofDays(2)));
  }

  /// Takes up mails that nobody has taken up before, oldest first, and one whose reading was not
  /// finished before: that one is to be read alone, so that it spoils no other's.
  List<Arrival> claim(int limit, Instant now, Duration lease) {
    return database
        .sql(
            """
            with fresh as materialized (
              select id from arrival
              where state = 'waiting' and claims = 0
              order by id
              limit :limit
              for update skip locked),
            again as materialized (
              select id from arrival
              where state = 'waiting' and claims > 0 and due_at <= :now
              order by id
              limit 1
              for update skip locked)
            update arrival
            set claims = claims + 1, due_at = :until
            where id = any(array(select id from fresh union all select id from again))
            returning id, file, size, sender, recipients, arrived_at, claims, failures
            """)
        .param("limit", limit)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("until", now.plus(lease).atOffset(ZoneOffset.UTC))
        .query(Arrivals::read)
        .list()
        .stream()
        .sorted(Comparator.comparingLong(arrival -> arrival.id().value()))
        .toList();
  }

  /// Those whose claims still hold; locks their rows, so that they hold until the transaction ends.
  Set<ArrivalId> held(List<Arrival> arrivals) {
    return Set.copyOf(
        database
            .sql(
                """
                select arrival.id
                from arrival
                join unnest(cast(:ids as bigint[]), cast(:claims as int[])) as claim (id, number)
                  on claim.id = arrival.id and claim.number = arrival.claims
                where arrival.state = 'waiting'
                order by arrival.id
                for update of arrival
                """)
            .param("ids", arrivals.stream().map(one -> one.id().value()).toArray(Long[]::new))
            .param("claims", arrivals.stream().map(Arrival::claims).toArray(Integer[]::new))
            .query((row, _) -> new ArrivalId(row.getLong("id")))
            .list());
  }

  /// Gives back mails that were claimed and not looked at.
  void release(List<Arrival> arrivals, Instant now) {
    for (Arrival arrival : arrivals) {
      database
          .sql(
              """
              update arrival set claims = claims - 1, due_at = :now
              where id = :id and claims = :claims and state = 'waiting'
              """)
          .param("id", arrival.id().value())
          .param("claims", arrival.claims())
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
    }
  }

  /// Where a mail came to stand: on a ticket, at this revision; null when it is about the ticket
  /// and is no message on it.
  record Place(long ticket, @Nullable Long revision, @Nullable Long side) {
    Place(long ticket, @Nullable Long revision) {
      this(ticket, revision, null);
    }
  }

  void done(ArrivalId id, @Nullable Place place, String author, boolean automatic) {
    database
        .sql(
            """
            update arrival
            set
              state = 'done',
              ticket = :ticket,
              revision = :revision,
              side_conversation = cast(:side as bigint),
              author = :author,
              automatic = automatic or :automatic
            where id = :id
            """)
        .param("id", id.value())
        .param("ticket", place == null ? null : place.ticket())
        .param("revision", place == null ? null : place.revision())
        .param("side", place == null ? null : place.side())
        .param("author", author)
        .param("automatic", automatic)
        .update();
  }

  void failed(Arrival arrival, String reason, Instant next) {
    database
        .sql(
            """
            update arrival set failures = failures + 1, reason = :reason, due_at = :next
            where id = :id and claims = :claims and state = 'waiting'
            """)
        .param("id", arrival.id().value())
        .param("claims", arrival.claims())
        .param("reason", reason)
        .param("next", next.atOffset(ZoneOffset.UTC))
        .update();
  }

  void quarantine(ArrivalId id, String reason) {
    database
        .sql("update arrival set state = 'quarantined', reason = :reason where id = :id")
        .param("id", id.value())
        .param("reason", reason)
        .update();
  }

  /// The newest hundred mails in quarantine.
  public List<Quarantined> quarantined() {
    return database
        .sql(
            """
            select id, sender, recipients, size, arrived_at, reason
            from arrival
            where state = 'quarantined'
            order by id desc
            limit 100
            """)
        .query((row, _) ->
            new Quarantined(
                new ArrivalId(row.getLong("id")),
                row.getString("sender"),
                List.of((String[]) row.getArray("recipients").getArray()),
                row.getLong("size"),
                row.getObject("arrived_at", OffsetDateTime.class).toInstant(),
                row.getString("reason")))
        .list();
  }

  /// The raw bytes of a mail in quarantine.
  public Optional<FileId> rawOf(ArrivalId id) {
    return database
        .sql("select file from arrival where id = :id and state = 'quarantined'")
        .param("id", id.value())
        .query(Long.class)
        .optional()
        .map(FileId::new);
  }

  /// Puts a mail in quarantine back to be read again, its failures forgotten.
  boolean retry(ArrivalId id, Instant now) {
    return database
            .sql(
                """
                update arrival
                set state = 'waiting', claims = 1, failures = 0, due_at = :now
                where id = :id and state = 'quarantined'
                """)
            .param("id", id.value())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  boolean discard(ArrivalId id) {
    return database
            .sql(
                """
                update arrival set state = 'discarded', file = null
                where id = :id and state = 'quarantined'
                """)
            .param("id", id.value())
            .update()
        == 1;
  }

  private static Arrival read(ResultSet row, int number) throws SQLException {
    Long file = row.getObject("file", Long.class);
    return new Arrival(
        new ArrivalId(row.getLong("id")),
        file == null ? null : new FileId(file),
        row.getLong("size"),
        Envelope.delivered(
            row.getString("sender"), List.of((String[]) row.getArray("recipients").getArray())),
        row.getObject("arrived_at", OffsetDateTime.class).toInstant(),
        row.getInt("claims"),
        row.getInt("failures"));
  }
}
