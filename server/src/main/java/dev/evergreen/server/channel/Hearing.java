package dev.evergreen.server.channel;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Whom a ticket's next letter goes to, which mail it answers, and whether a machine may write it.
@Component
class Hearing {
  /// Machines write at most so often within an hour to an address that nobody has answered from
  /// yet; who writes in a stranger's name cannot have the stranger flooded.
  private static final int TO_UNPROVEN = 3;

  /// To one that somebody has: this ends loops with robots that hide what they are.
  private static final int TO_PROVEN = 10;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration ROBOT_PAUSE = Duration.ofMinutes(10);
  private static final Pattern MESSAGE_ID = Pattern.compile("<([!-;=?-~]{3,250})>");

  private final JdbcClient database;
  private final Outbox outbox;
  private final InstantSource clock;

  Hearing(JdbcClient database, Outbox outbox, InstantSource clock) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// What a ticket has heard by mail: under which Message-ID it heard last and first, when, whether
  /// that was a machine, and whether only machines have written.
  private record Heard(
      String messageId,
      String firstMessageId,
      Instant at,
      boolean automatic,
      boolean onlyMachines) {}

  /// How a ticket's next letter goes out.
  ///
  /// @param address the customer's address that last wrote on the ticket, if it is still theirs
  /// @param proven whether somebody has answered from that address
  /// @param machineMayWrite no machine answers a machine, nor writes to anybody more often than its
  ///   share
  record Way(
      EmailAddress address, boolean proven, boolean machineMayWrite, Letter.Threading thread) {}

  Instant now() {
    return clock.instant();
  }

  Way to(TicketId ticket, Customer customer) {
    return database
        .sql(
            """
            with heard as (
              select
                author,
                identity,
                (select identity from arrival
                  where ticket = :ticket and side_conversation is null and author <> ''
                  order by id
                  limit 1) as first_identity,
                arrived_at,
                automatic,
                automatic and not exists (
                  select from arrival as human
                  where human.ticket = :ticket
                    and human.side_conversation is null
                    and not human.automatic) as only_machines
              from arrival
              where ticket = :ticket and side_conversation is null and author <> ''
              order by id desc
              limit 1
            ),
            recipient as (
              select coalesce(
                (select author from heard where author = any(:addresses)), :first) as address
            )
            select
              recipient.address,
              heard.*,
              exists (
                select from customer_address as known
                where known.address = recipient.address and known.verification <> 'unverified')
                as proven,
              (select count(*) from (
                select from outbox
                where automatic and recipient = recipient.address and queued_at > :since
                limit 100) as recent) as share,
              array(
                select id from outbox
                where ticket = :ticket
                  and side_conversation is null
                  and recipient = recipient.address
                order by id desc
                limit 5) as earlier
            from recipient left join heard on true
            """)
        .param("ticket", ticket.value())
        .param("addresses", customer.addresses().toArray(String[]::new))
        .param("first", customer.address())
        .param("since", now().minus(HOUR).atOffset(ZoneOffset.UTC))
        .query((row, _) -> read(ticket, row))
        .single();
  }

  /// How a letter to somebody in copy hangs together: with what that person got before, and with
  /// nobody else's letters.
  Letter.Threading threadOf(TicketId ticket, EmailAddress copied) {
    List<Long> earlier =
        database
            .sql(
                """
                select id from outbox
                where ticket = :ticket
                  and side_conversation is null
                  and recipient = :recipient
                order by id desc
                limit 5
                """)
            .param("ticket", ticket.value())
            .param("recipient", copied.toString())
            .query((row, _) -> row.getLong("id"))
            .list();
    List<String> chain = outbox.messageIds(ticket.value(), copied, earlier.reversed());
    return new Letter.Threading(chain.isEmpty() ? "" : chain.getLast(), chain);
  }

  private Way read(TicketId ticket, ResultSet row) throws SQLException {
    String text = row.getString("address");
    EmailAddress address =
        EmailAddress.parse(text)
            .orElseThrow(() -> new IllegalStateException("expected an address, found " + text));
    boolean proven = row.getBoolean("proven");
    @Nullable OffsetDateTime at = row.getObject("arrived_at", OffsetDateTime.class);
    Optional<Heard> heard =
        at == null
            ? Optional.empty()
            : Optional.of(
                new Heard(
                    row.getString("identity"),
                    row.getString("first_identity"),
                    at.toInstant(),
                    row.getBoolean("automatic"),
                    row.getBoolean("only_machines")));
    var earlier = List.of((Long[]) row.getArray("earlier").getArray());
    return new Way(
        address,
        proven,
        mayWrite(heard, proven, row.getLong("share")),
        thread(
            heard.map(Heard::messageId),
            heard.map(Heard::firstMessageId),
            outbox.messageIds(ticket.value(), address, earlier.reversed())));
  }

  private boolean mayWrite(Optional<Heard> heard, boolean proven, long written) {
    boolean robot =
        heard
            .filter(last ->
                last.onlyMachines()
                    || (last.automatic() && last.at().isAfter(now().minus(ROBOT_PAUSE))))
            .isPresent();
    return !robot && written < (proven ? TO_PROVEN : TO_UNPROVEN);
  }

  /// Answers the last mail, and names the first one and our own earlier ones, in the order in which
  /// they came, so that the other's program shows one thread. Only what has the form of a
  /// Message-ID is repeated.
  static Letter.Threading thread(
      Optional<String> lastHeard, Optional<String> firstHeard, List<String> earlier) {
    var chain = new LinkedHashSet<String>();
    firstHeard.flatMap(Hearing::bare).ifPresent(chain::add);
    chain.addAll(earlier);
    Optional<String> last = lastHeard.flatMap(Hearing::bare);
    last.ifPresent(chain::add);
    String answers = last.orElse(chain.isEmpty() ? "" : chain.getLast());
    return new Letter.Threading(answers, List.copyOf(chain));
  }

  private static Optional<String> bare(String messageId) {
    return Optional.of(MESSAGE_ID.matcher(messageId)).filter(Matcher::find).map(id -> id.group(1));
  }
}
