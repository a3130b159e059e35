package dev.evergreen.server.channel;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Answers that a colleague sent while one was still writing: the customer would get two.
@Component
public class CrossedAnswers {
  private final JdbcClient database;

  CrossedAnswers(JdbcClient database) {
    this.database = database;
  }

  /// Who else has answered after a revision of the ticket, also when it waits to be undone for a
  /// moment; empty when nobody has.
  public Optional<String> since(TicketId ticket, long revision, AgentId writer) {
    return database
        .sql(
            """
            select author_name from message
            where ticket_id = :ticket
              and revision > :revision
              and direction = 'out'
              and author_kind = 'agent'
              and author_id <> :writer
            union all
            select agent.name from held_reply
            join agent on agent.id = held_reply.agent
            where held_reply.ticket = :ticket
              and held_reply.agent <> :writer
              and not held_reply.scheduled
            limit 1
            """)
        .param("ticket", ticket.value())
        .param("revision", revision)
        .param("writer", writer.value())
        .query((row, _) -> row.getString("author_name"))
        .optional();
  }
}
