package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Typed;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// All tickets: found, and opened. What can happen to one is a verb of [Conversations],
/// [Assignments], [Sorting] or [Settlements]. Each verb is one transaction with its entry in the
/// ledger. Where two people could do a thing at once it asks for the revision they saw, and the
/// second is told so.
@Component
public class Tickets {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Messages messages;
  private final TicketWriting writing;

  Tickets(JdbcClient jdbc, Ledger ledger, Messages messages, TicketWriting writing) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.messages = messages;
    this.writing = writing;
  }

  /// For parts that act on their own account. What people may see comes from [VisibleTickets].
  public Optional<Ticket> withId(TicketId id) {
    return writing.withId(id);
  }

  /// The tickets that exist for this agent.
  public VisibleTickets visibleTo(Agent agent) {
    return visibleTo(agent, Permission.SEE);
  }

  /// Those with which this agent may do something.
  public VisibleTickets visibleTo(Agent agent, Permission permission) {
    return new VisibleTickets(jdbc, messages, ledger, Sight.of(agent, permission));
  }

  @Transactional
  public Ticket open(NewTicket request) {
    var first = request.first();
    var said =
        writing.say(
            """
            insert into ticket (
              subject,
              customer_id,
              channel,
              team_id,
              preview,
              opened_at,
              updated_at,
              type,
              severity,
              priority,
              priority_reason
            )
            select
              :subject,
              asking.id,
              :channel,
              cast(:team as bigint),
              :preview,
              :at,
              :at,
              cast(:type as text),
              cast(:severity as text),
              coalesce(fitting.priority, 'normal'),
              fitting.reason
            from customer as asking
            left join lateral fitting_rule(
              asking.level, cast(:type as text), cast(:severity as text)) as fitting on true
            where asking.id = :customer
            returning *
            """,
            parameters(
                "subject", Texts.subject(request.subject(), first.text()),
                "customer", request.customer().value(),
                "channel", request.channel(),
                "team", Typed.bigint(request.team() == null ? null : request.team().value()),
                "type", Typed.text(request.type() == null ? null : request.type().key()),
                "severity",
                    Typed.text(request.severity() == null ? null : request.severity().key()),
                "preview", Texts.preview(first.news()),
                "at", TicketRows.stored(first.at())),
            first,
            true);
    writing.append(
        said.ticket(),
        "ticket.opened",
        first.author(),
        Map.of(
            "channel", request.channel(),
            "message", said.message().id().value(),
            "customer", request.customer().value()));
    return said.ticket();
  }

  /// Lets a higher module write an entry of its own kind into the ticket's timeline, in the
  /// caller's transaction.
  @Transactional
  public void record(TicketId id, String kind, Actor by, Map<String, Object> data) {
    writing.append(writing.bump(id), kind, by, data);
  }
}
