package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Agents who want to be told what happens on a ticket that need not be theirs.
@Component
public class Followers {
  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final DatabaseClock clock;

  Followers(JdbcClient jdbc, TicketWriting writing, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.clock = clock;
  }

  /// Somebody who follows a ticket.
  public record Follower(AgentId agent, String name) {}

  public List<Follower> of(TicketId ticket) {
    return jdbc.sql(
            """
            select agent.id, agent.name
            from follower
            join agent on agent.id = follower.agent_id
            where follower.ticket_id = :ticket
            order by follower.since, agent.id
            """)
        .param("ticket", ticket.value())
        .query((row, _) -> new Follower(new AgentId(row.getLong("id")), row.getString("name")))
        .list();
  }

  /// Follows a ticket, which the caller has found for this agent; twice is once.
  @Transactional
  public void follow(TicketId ticket, Agent agent) {
    writing.locked(ticket);
    var added =
        jdbc.sql(
                """
                insert into follower (ticket_id, agent_id, since)
                values (:ticket, :agent, :now)
                on conflict do nothing
                """)
            .param("ticket", ticket.value())
            .param("agent", agent.id().value())
            .param("now", TicketRows.stored(clock.instant()))
            .update();
    if (added == 1) {
      writing.append(writing.bump(ticket), "ticket.followed", agent.actor(), Map.of());
    }
  }

  @Transactional
  public void unfollow(TicketId ticket, Agent agent) {
    writing.locked(ticket);
    var gone =
        jdbc.sql("delete from follower where ticket_id = :ticket and agent_id = :agent")
            .param("ticket", ticket.value())
            .param("agent", agent.id().value())
            .update();
    if (gone == 1) {
      writing.append(writing.bump(ticket), "ticket.unfollowed", agent.actor(), Map.of());
    }
  }
}
