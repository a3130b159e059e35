package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Who is responsible for tickets. Two who take one at once do not both get it.
@Component
public class Assignments {
  private final TicketWriting writing;
  private final DatabaseClock clock;

  Assignments(TicketWriting writing, DatabaseClock clock) {
    this.writing = writing;
    this.clock = clock;
  }

  /// Gives the ticket to a team, an agent, both or nobody.
  ///
  /// @param seen the revision the person saw; null when the latest decides, as for a workflow
  @Transactional
  public Outcome<Ticket> assign(
      TicketId id, @Nullable TeamId team, @Nullable AgentId agent, @Nullable Long seen, Actor by) {
    return writing.whenSeen(
        id,
        seen,
        before -> {
          var wanted = new Ticket.Assignment(team, agent);
          if (before.assignment().equals(wanted)) {
            return before;
          }
          var ticket =
              writing.update(
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
          writing.append(ticket, "ticket.assigned", by, data);
          return ticket;
        });
  }
}
