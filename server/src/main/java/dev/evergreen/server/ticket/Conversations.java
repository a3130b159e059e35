package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What is said on tickets: by the customer, by a machine in their place, by those who answer, and
/// among colleagues. Each verb is one transaction with its entry in the ledger.
@Component
public class Conversations {
  private final TicketWriting writing;
  private final Messages messages;
  private final Mentions mentions;
  private final DatabaseClock clock;

  Conversations(TicketWriting writing, Messages messages, Mentions mentions, DatabaseClock clock) {
    this.writing = writing;
    this.messages = messages;
    this.mentions = mentions;
    this.clock = clock;
  }

  /// The customer wrote again. A ticket that was solved or closed opens again.
  @Transactional
  public Message receive(TicketId id, NewMessage received) {
    var before = writing.locked(id);
    var settled = before.isClosed() || before.state().status() == Status.SOLVED;
    var said =
        writing.say(
            """
            update ticket
            set
              status = case when status = 'new' then 'new' else 'open' end,
              status_id = case when status in ('new', 'open') then status_id end,
              solution = case when :settled then 'none' else solution end,
              outcome = '',
              closed_at = null,
              archived_at = null,
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
    writing.append(said, "ticket.customer-replied", received.author());
    if (settled) {
      writing.append(writing.bump(id), "ticket.reopened", received.author(), Map.of());
    }
    return said.message();
  }

  /// A machine wrote in the customer's place: a note of absence, a list, an automatic answer. It
  /// stands in the timeline and changes nothing else: it is no word of the customer.
  @Transactional
  public Message hear(TicketId id, NewMessage received) {
    var said = writing.say(TicketWriting.BUMP, parameters("id", id.value()), received, true);
    writing.append(said, "ticket.automatic-mail", received.author());
    return said.message();
  }

  /// An agent or a workflow wrote to the customer. What an agent writes makes an unassigned ticket
  /// theirs, and the ticket waits for the customer.
  @Transactional
  public Message reply(TicketId id, NewMessage written, Actor by) {
    var byAgent = by.kind().equals("agent");
    var said =
        writing.say(
            """
            update ticket
            set
              status = case
                when :byAgent and status <> 'closed' then 'pending'
                else status
              end,
              status_id = case
                when :byAgent and status not in ('pending', 'closed') then null
                else status_id
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
    writing.append(said, byAgent ? "ticket.agent-replied" : "ticket.message-sent", by);
    return said.message();
  }

  @Transactional
  public Outcome<Ticket> note(TicketId id, String text, Agent agent) {
    if (text.isBlank()) {
      return Outcome.rejected(Reason.INVALID, "Expected a note, but it is empty.");
    }
    var ticket = writing.touch(id);
    messages.addNote(ticket, text.strip(), agent, clock.instant());
    var named = mentions.in(text, id);
    writing.append(
        ticket,
        "ticket.note-added",
        agent.actor(),
        named.isEmpty()
            ? Map.of()
            : Map.of("mentions", named.stream().map(AgentId::value).toList()));
    return Outcome.accepted(ticket);
  }
}
