package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Remembered;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How every verb changes a ticket: under its lock, counting the revision, with an entry in the
/// ledger. What a transaction has read or written of a ticket it does not read again.
@Component
public final class TicketWriting {
  public static final String BUMP =
      "update ticket set revision = revision + 1 where id = :id returning *";

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Messages messages;
  private final DatabaseClock clock;
  private final Remembered<TicketId, Ticket> known = new Remembered<>();

  TicketWriting(JdbcClient jdbc, Ledger ledger, Messages messages, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.messages = messages;
    this.clock = clock;
  }

  Optional<Ticket> withId(TicketId id) {
    return known.get(
        id,
        () ->
            jdbc.sql("select * from ticket where id = :id")
                .param("id", id.value())
                .query(TicketRows::ticket)
                .optional());
  }

  /// Does it unless the ticket has changed since the person saw it.
  ///
  /// @param seen the revision the person saw; null when the latest decides
  Outcome<Ticket> whenSeen(TicketId id, @Nullable Long seen, Function<Ticket, Ticket> verb) {
    var before = locked(id);
    if (seen != null && before.revision() != seen) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Ticket "
              + id
              + " has changed since you opened it; nothing was done. Look at it and try again.");
    }
    return Outcome.accepted(verb.apply(before));
  }

  public Ticket locked(TicketId id) {
    return known
        .locked(
            id,
            () ->
                jdbc.sql("select * from ticket where id = :id for no key update")
                    .param("id", id.value())
                    .query(TicketRows::ticket)
                    .optional())
        .orElseThrow(() -> new IllegalStateException("expected ticket " + id + ", but found none"));
  }

  Ticket touch(TicketId id) {
    return update(
        """
        update ticket set updated_at = :at, revision = revision + 1 where id = :id returning *
        """,
        id,
        Map.of("at", TicketRows.stored(clock.instant())));
  }

  public Ticket bump(TicketId id) {
    return update(BUMP, id, Map.of());
  }

  /// A message, and its ticket as it is with it.
  record Said(Ticket ticket, Message message) {}

  /// Changes or makes a ticket and writes the message that does so, in one statement.
  public Said say(
      String change,
      Map<String, ? extends @Nullable Object> parameters,
      NewMessage message,
      boolean incoming) {
    record Written(Ticket ticket, MessageId message) {}
    var written =
        jdbc.sql(
                "with "
                    + """
                    changed as (%s),
                    %s
                    select changed.*, said.id as message_id from changed, said
                    """
                        .formatted(change, Messages.INSERT))
            .params(parameters)
            .params(Messages.parameters(message, incoming))
            .query((row, number) ->
                new Written(
                    TicketRows.ticket(row, number), new MessageId(row.getLong("message_id"))))
            .optional()
            .orElseThrow(() ->
                new IllegalStateException(
                    "expected a ticket for " + parameters + ", but found none"));
    known.wrote(written.ticket().id(), written.ticket());
    return new Said(
        written.ticket(), messages.attach(written.message(), written.ticket(), message, incoming));
  }

  /// Another statement has written the ticket.
  public void wrote(Ticket ticket) {
    known.wrote(ticket.id(), ticket);
  }

  public void append(Said said, String kind, Actor by) {
    append(said.ticket(), kind, by, Map.of("message", said.message().id().value()));
  }

  public Ticket update(String sql, TicketId id, Map<String, ?> parameters) {
    var ticket =
        jdbc.sql(sql)
            .params(parameters)
            .param("id", id.value())
            .query(TicketRows::ticket)
            .optional()
            .orElseThrow(
                () -> new IllegalStateException("expected ticket " + id + ", but found none"));
    known.wrote(id, ticket);
    return ticket;
  }

  public void append(Ticket ticket, String kind, Actor by, Map<String, Object> data) {
    ledger.append(ticket.id().subject(), ticket.revision(), kind, by, data);
  }

  /// Named parameters of which some may be null.
  public static Map<String, @Nullable Object> parameters(@Nullable Object... pairs) {
    var parameters = new HashMap<String, @Nullable Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      parameters.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return parameters;
  }
}
