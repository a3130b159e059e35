package dev.evergreen.server.ticket.relation;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How tickets hang together. What is linked to a ticket, and exists for whoever looks, is found by
/// [VisibleTickets#links].
@Component
public class Links {
  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final DatabaseClock clock;

  Links(JdbcClient jdbc, TicketWriting writing, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.clock = clock;
  }

  /// Links two tickets, which the caller has found for this person. What is already linked is
  /// linked anew.
  @Transactional
  public Outcome<Ticket> link(TicketId one, Link.Role role, TicketId other, Agent by) {
    if (one.equals(other)) {
      return Outcome.rejected(Reason.INVALID, "A ticket cannot be linked to itself.");
    }
    writing.locked(one.value() < other.value() ? one : other);
    writing.locked(one.value() < other.value() ? other : one);
    return switch (role) {
      case RELATED -> linked(one, other, Link.Kind.RELATED, by);
      case PARENT -> below(one, other, Link.Kind.PART, by);
      case PART -> below(other, one, Link.Kind.PART, by).map(_ -> writing.locked(one));
      case PROBLEM -> below(one, other, Link.Kind.INCIDENT, by);
      case INCIDENT -> below(other, one, Link.Kind.INCIDENT, by).map(_ -> writing.locked(one));
      case SPLIT_FROM, SPLIT_OFF, EARLIER, LATER ->
          Outcome.rejected(Reason.INVALID, "Such a link is not made by hand.");
    };
  }

  /// Both levels are one step deep, so that nothing hangs together in a circle and what a button
  /// does to "all of them" can be seen on one page.
  private Outcome<Ticket> below(TicketId lower, TicketId upper, Link.Kind kind, Agent by) {
    var word = kind == Link.Kind.PART ? "part" : "incident";
    if (above(upper, kind)) {
      return Outcome.rejected(
          Reason.INVALID,
          "Ticket %s is %s of another ticket itself; link %s to that one."
              .formatted(upper, article(word), lower));
    }
    if (hasBelow(lower, kind)) {
      return Outcome.rejected(
          Reason.INVALID,
          "Ticket %s has %ss of its own, so it cannot be %s of %s."
              .formatted(lower, word, article(word), upper));
    }
    if (aboveOther(lower, upper, kind)) {
      return Outcome.rejected(
          Reason.TAKEN,
          "Ticket %s is %s of another ticket already; take that link away first."
              .formatted(lower, article(word)));
    }
    return linked(lower, upper, kind, by);
  }

  private static String article(String word) {
    return (word.startsWith("i") ? "an " : "a ") + word;
  }

  private Outcome<Ticket> linked(TicketId one, TicketId other, Link.Kind kind, Agent by) {
    forget(one, other);
    keep(one, other, kind);
    return Outcome.accepted(tell(one, other, "ticket.linked", kind, by));
  }

  /// Takes a link away that was made by hand; nothing happens when there is none.
  @Transactional
  public Outcome<Ticket> unlink(TicketId one, TicketId other, Agent by) {
    writing.locked(one.value() < other.value() ? one : other);
    writing.locked(one.value() < other.value() ? other : one);
    var gone = forget(one, other);
    return Outcome.accepted(
        gone == 0 ? writing.locked(one) : tell(one, other, "ticket.unlinked", null, by));
  }

  private Ticket tell(TicketId one, TicketId other, String kind, Link.@Nullable Kind as, Agent by) {
    writing.append(writing.bump(other), kind, by.actor(), data(one, as, false));
    var ticket = writing.bump(one);
    writing.append(ticket, kind, by.actor(), data(other, as, true));
    return ticket;
  }

  private static Map<String, Object> data(
      TicketId other, Link.@Nullable Kind as, boolean fromFirst) {
    return as == null
        ? Map.of("ticket", other.value())
        : Map.of(
            "ticket",
            other.value(),
            "as",
            Link.Role.of(as, fromFirst).name().toLowerCase(Locale.ROOT));
  }

  /// In the caller's transaction, which tells of it.
  public void keep(TicketId one, TicketId other, Link.Kind kind) {
    jdbc.sql(
            """
            insert into link (ticket_id, other_id, kind, at)
            values (:one, :other, :kind, :at)
            """)
        .param("one", one.value())
        .param("other", other.value())
        .param("kind", kind.key())
        .param("at", TicketRows.stored(clock.instant()))
        .update();
  }

  private int forget(TicketId one, TicketId other) {
    return jdbc.sql(
            """
            delete from link
            where kind in ('related', 'part', 'incident')
              and (ticket_id, other_id) in ((:one, :other), (:other, :one))
            """)
        .param("one", one.value())
        .param("other", other.value())
        .update();
  }

  /// Whether a ticket is below another one, or others are below it, in this way.
  private boolean above(TicketId id, Link.Kind kind) {
    return jdbc.sql(
            "select exists (select from link where ticket_id = :id and kind = :kind) as found")
        .param("id", id.value())
        .param("kind", kind.key())
        .query((row, _) -> row.getBoolean("found"))
        .single();
  }

  private boolean hasBelow(TicketId id, Link.Kind kind) {
    return jdbc.sql(
            "select exists (select from link where other_id = :id and kind = :kind) as found")
        .param("id", id.value())
        .param("kind", kind.key())
        .query((row, _) -> row.getBoolean("found"))
        .single();
  }

  private boolean aboveOther(TicketId id, TicketId upper, Link.Kind kind) {
    return jdbc.sql(
            """
            select exists (
              select from link
              where ticket_id = :id and kind = :kind and other_id <> :upper) as found
            """)
        .param("id", id.value())
        .param("kind", kind.key())
        .param("upper", upper.value())
        .query((row, _) -> row.getBoolean("found"))
        .single();
  }
}
