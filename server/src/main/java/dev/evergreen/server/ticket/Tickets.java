package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Remembered;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What can happen to tickets. Each verb is one transaction with its entry in the ledger. Where two
/// people could do a thing at once it asks for the revision they saw, and the second is told so.
@Component
public class Tickets {
  private static final String BUMP =
      "update ticket set revision = revision + 1 where id = :id returning *";

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Messages messages;
  private final DatabaseClock clock;
  private final Remembered<TicketId, Ticket> known = new Remembered<>();

  Tickets(JdbcClient jdbc, Ledger ledger, Messages messages, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.messages = messages;
    this.clock = clock;
  }

  /// For parts that act on their own account. What people may see comes from [VisibleTickets].
  public Optional<Ticket> withId(TicketId id) {
    return known.get(
        id,
        () ->
            jdbc.sql("select * from ticket where id = :id")
                .param("id", id.value())
                .query(TicketRows::ticket)
                .optional());
  }

  /// The tickets that exist for this agent.
  public VisibleTickets visibleTo(Agent agent) {
    return new VisibleTickets(jdbc, messages, ledger, agent);
  }

  @Transactional
  public Ticket open(NewTicket request) {
    var first = request.first();
    var said =
        say(
            """
            insert into ticket (
              subject, customer_id, channel, team_id, preview, opened_at, updated_at
            )
            values (:subject, :customer, :channel, cast(:team as bigint), :preview, :at, :at)
            returning *
            """,
            parameters(
                "subject", Texts.subject(request.subject(), first.text()),
                "customer", request.customer().value(),
                "channel", request.channel(),
                "team", request.team() == null ? null : request.team().value(),
                "preview", Texts.preview(first.news()),
                "at", TicketRows.stored(first.at())),
            first,
            true);
    append(
        said.ticket(),
        "ticket.opened",
        first.author(),
        Map.of("channel", request.channel(), "message", said.message().id().value()));
    return said.ticket();
  }

  /// The customer wrote again. A ticket that was solved or closed opens again.
  @Transactional
  public Message receive(TicketId id, NewMessage received) {
    var before = locked(id);
    var settled = before.isClosed() || before.state().status() == Status.SOLVED;
    var said =
        say(
            """
            update ticket
            set
              status = case when status = 'new' then 'new' else 'open' end,
              solution = case when :settled then 'none' else solution end,
              outcome = '',
              closed_at = null,
              reopened = reopened + case when :settled then 1 else 0 end,
              preview = :preview,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            parameters(
                "id", id.value(),
                "settled", settled,
                "preview", Texts.preview(received.news()),
                "at", TicketRows.stored(received.at())),
            received,
            true);
    append(said, "ticket.customer-replied", received.author());
    if (settled) {
      append(bump(id), "ticket.reopened", received.author(), Map.of());
    }
    return said.message();
  }

  /// A machine wrote in the customer's place: a note of absence, a list, an automatic answer. It
  /// stands in the timeline and changes nothing else: it is no word of the customer.
  @Transactional
  public Message hear(TicketId id, NewMessage received) {
    var said = say(BUMP, parameters("id", id.value()), received, true);
    append(said, "ticket.automatic-mail", received.author());
    return said.message();
  }

  /// An agent or a workflow wrote to the customer. What an agent writes makes an unassigned ticket
  /// theirs, and the ticket waits for the customer.
  @Transactional
  public Message reply(TicketId id, NewMessage written, Actor by) {
    var byAgent = by.kind().equals("agent");
    var said =
        say(
            """
            update ticket
            set
              status = case
                when :byAgent and status <> 'closed' then 'pending'
                else status
              end,
              agent_id = coalesce(agent_id, cast(:agent as bigint)),
              answered_at = case when :byAgent then coalesce(answered_at, :at) else answered_at end,
              preview = case when :byAgent then :preview else preview end,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            parameters(
                "id", id.value(),
                "byAgent", byAgent,
                "agent", byAgent ? by.id() : null,
                "preview", Texts.preview(written.text()),
                "at", TicketRows.stored(written.at())),
            written,
            false);
    append(said, byAgent ? "ticket.agent-replied" : "ticket.message-sent", by);
    return said.message();
  }

  @Transactional
  public Outcome<Ticket> note(TicketId id, String text, Agent agent) {
    if (text.isBlank()) {
      return Outcome.rejected(Reason.INVALID, "Expected a note, but it is empty.");
    }
    var ticket = touch(id);
    messages.addNote(ticket, text.strip(), agent, clock.instant());
    append(ticket, "ticket.note-added", agent.actor(), Map.of());
    return Outcome.accepted(ticket);
  }

  /// Gives the ticket to a team, an agent, both or nobody.
  ///
  /// @param seen the revision the person saw; null when the latest decides, as for a workflow
  @Transactional
  public Outcome<Ticket> assign(
      TicketId id, @Nullable TeamId team, @Nullable AgentId agent, @Nullable Long seen, Actor by) {
    return whenSeen(
        id,
        seen,
        before -> {
          var wanted = new Ticket.Assignment(team, agent);
          if (before.assignment().equals(wanted)) {
            return before;
          }
          var ticket =
              update(
                  """
                  update ticket
                  set
                    team_id = cast(:team as bigint),
                    agent_id = cast(:agent as bigint),
                    updated_at = :at,
                    revision = revision + 1
                  where id = :id
                  returning *
                  """,
                  id,
                  parameters(
                      "team", team == null ? null : team.value(),
                      "agent", agent == null ? null : agent.value(),
                      "at", TicketRows.stored(clock.instant())));
          var data = new HashMap<String, Object>();
          if (team != null) {
            data.put("team", team.value());
          }
          if (agent != null) {
            data.put("agent", agent.value());
          }
          append(ticket, "ticket.assigned", by, data);
          return ticket;
        });
  }

  /// Changes fields; what is already so is no event.
  @Transactional
  public Ticket update(TicketId id, Changes changes, Actor by) {
    var before = locked(id);
    var data = new HashMap<String, Object>();
    var category = changes.category();
    if (category != null && !category.equals(before.state().category())) {
      data.put("category", category);
    }
    var priority = changes.priority();
    if (priority != null && priority != before.state().priority()) {
      data.put("priority", priority.key());
    }
    var solution = changes.solution();
    if (solution != null && solution != before.state().solution()) {
      data.put("solution", solution.key());
    }
    if (data.isEmpty()) {
      return before;
    }
    var ticket =
        update(
            """
            update ticket
            set
              category = coalesce(cast(:category as text), category),
              priority = coalesce(cast(:priority as text), priority),
              solution = coalesce(cast(:solution as text), solution),
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            parameters(
                "category", data.get("category"),
                "priority", data.get("priority"),
                "solution", data.get("solution"),
                "at", TicketRows.stored(clock.instant())));
    append(ticket, "ticket.updated", by, data);
    return ticket;
  }

  /// The customer says that the answer helped. Said twice it is said once.
  @Transactional
  public Ticket confirmSolution(TicketId id, Actor by) {
    return judge(id, Solution.CONFIRMED, "ticket.solution-confirmed", by);
  }

  /// The customer says that the answer did not help.
  @Transactional
  public Ticket rejectSolution(TicketId id, Actor by) {
    return judge(id, Solution.REJECTED, "ticket.solution-rejected", by);
  }

  private Ticket judge(TicketId id, Solution solution, String kind, Actor by) {
    var before = locked(id);
    if (before.state().solution() == solution || before.isClosed()) {
      return before;
    }
    var ticket =
        update(
            """
            update ticket
            set
              solution = :solution,
              status = case when :solution = 'confirmed' then 'solved' else 'open' end,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            Map.of("solution", solution.key(), "at", TicketRows.stored(clock.instant())));
    append(ticket, kind, by, Map.of());
    return ticket;
  }

  /// Nothing more is to be done, and why: `resolved`, `silent`, … A closed ticket stays as it is.
  ///
  /// @param seen as in [#assign]
  @Transactional
  public Outcome<Ticket> close(TicketId id, String outcome, @Nullable Long seen, Actor by) {
    if (outcome.isBlank()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected an outcome (why the ticket is closed), but found none.");
    }
    return whenSeen(
        id,
        seen,
        before -> {
          if (before.isClosed()) {
            return before;
          }
          var ticket =
              update(
                  """
                  update ticket
                  set
                    status = 'closed',
                    outcome = :outcome,
                    closed_at = :at,
                    updated_at = :at,
                    revision = revision + 1
                  where id = :id
                  returning *
                  """,
                  id,
                  Map.of("outcome", outcome, "at", TicketRows.stored(clock.instant())));
          append(ticket, "ticket.closed", by, Map.of("outcome", outcome));
          return ticket;
        });
  }

  /// Opens a closed ticket again by hand.
  @Transactional
  public Outcome<Ticket> reopen(TicketId id, @Nullable Long seen, Actor by) {
    return whenSeen(
        id,
        seen,
        before -> {
          if (!before.isClosed()) {
            return before;
          }
          var ticket =
              update(
                  """
                  update ticket
                  set
                    status = 'open',
                    solution = 'none',
                    outcome = '',
                    closed_at = null,
                    reopened = reopened + 1,
                    updated_at = :at,
                    revision = revision + 1
                  where id = :id
                  returning *
                  """,
                  id,
                  Map.of("at", TicketRows.stored(clock.instant())));
          append(ticket, "ticket.reopened", by, Map.of());
          return ticket;
        });
  }

  /// Lets a higher module write an entry of its own kind into the ticket's timeline, in the
  /// caller's transaction.
  @Transactional
  public void record(TicketId id, String kind, Actor by, Map<String, Object> data) {
    append(bump(id), kind, by, data);
  }

  private Outcome<Ticket> whenSeen(
      TicketId id, @Nullable Long seen, java.util.function.Function<Ticket, Ticket> verb) {
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

  private Ticket locked(TicketId id) {
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

  private Ticket touch(TicketId id) {
    return update(
        """
        update ticket set updated_at = :at, revision = revision + 1 where id = :id returning *
        """,
        id,
        Map.of("at", TicketRows.stored(clock.instant())));
  }

  private Ticket bump(TicketId id) {
    return update(BUMP, id, Map.of());
  }

  /// A message, and its ticket as it is with it.
  private record Said(Ticket ticket, Message message) {}

  /// Changes or makes a ticket and writes the message that does so, in one statement.
  private Said say(
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

  private void append(Said said, String kind, Actor by) {
    append(said.ticket(), kind, by, Map.of("message", said.message().id().value()));
  }

  private Ticket update(String sql, TicketId id, Map<String, ?> parameters) {
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

  private void append(Ticket ticket, String kind, Actor by, Map<String, Object> data) {
    ledger.append(ticket.id().subject(), ticket.revision(), kind, by, data);
  }

  /// Named parameters of which some may be null.
  private static Map<String, @Nullable Object> parameters(@Nullable Object... pairs) {
    var parameters = new HashMap<String, @Nullable Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      parameters.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return parameters;
  }
}
