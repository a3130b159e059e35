package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Closes a ticket with an outcome of the team's list. An outcome that customers are told about is
/// told before, in the same transaction: no fix and no follow-up is nothing to leave unsaid.
@Component
class Closings {
  private final Settlements settlements;
  private final Statuses statuses;
  private final Codes codes;
  private final Correspondence correspondence;

  Closings(Settlements settlements, Statuses statuses, Codes codes, Correspondence correspondence) {
    this.settlements = settlements;
    this.statuses = statuses;
    this.codes = codes;
    this.correspondence = correspondence;
  }

  /// @param status how the team calls this sort of closed; null for the first
  /// @param revision the one the person saw
  @Transactional
  Outcome<Ticket> close(
      TicketId id, String outcome, @Nullable StatusId status, long revision, Agent agent) {
    var code = codes.withKey(Code.List.OUTCOME, outcome).filter(one -> !one.retired());
    if (code.isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected an outcome of the team's list, but found “" + outcome + "”.");
    }
    var closed = settlements.close(id, outcome, revision, agent.actor());
    if (closed instanceof Outcome.Accepted<Ticket>(Ticket ticket)
        && ticket.revision() != revision) {
      var told = code.get().told();
      if (told != null) {
        correspondence.reply(id, new Reply(told, List.of()), agent);
      }
      return status == null ? closed : statuses.set(id, status, outcome, null, agent.actor());
    }
    return closed;
  }
}
