package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who has a ticket open just now and who writes on it, over all nodes. Nothing reacts to it and it
/// need not last, so it is no event. It goes by the real time, also where another is shown: people
/// sit before real screens.
@Component
public class Presence {
  /// A page counts as open for so long after its node last said so.
  private static final Duration LASTS = Duration.ofSeconds(30);

  /// Somebody counts as writing for so long after a key.
  private static final Duration WRITING = Duration.ofSeconds(8);

  private final JdbcClient jdbc;

  Presence(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Somebody else who is there.
  public record Colleague(AgentId agent, String name, boolean isWriting) {}

  /// A page was opened.
  ///
  /// @return what it is kept alive and closed by
  public long open(TicketId ticket, AgentId agent) {
    return jdbc.sql(
            """
            insert into presence (ticket_id, agent_id, seen_at)
            values (:ticket, :agent, statement_timestamp())
            returning id
            """)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .query(Long.class)
        .single();
  }

  public void close(long page) {
    jdbc.sql("delete from presence where id = :id").param("id", page).update();
  }

  /// These pages are still open; those that nobody keeps alive go.
  public void keep(Collection<Long> pages) {
    jdbc.sql(
            """
            with gone as (
              delete from presence
              where seen_at < statement_timestamp() - make_interval(secs => :lasts)
                and id <> all(:pages))
            update presence set seen_at = statement_timestamp() where id = any(:pages)
            """)
        .param("pages", pages.toArray(Long[]::new))
        .param("lasts", LASTS.toSeconds())
        .update();
  }

  /// Somebody has pressed keys.
  public void writes(TicketId ticket, AgentId agent) {
    jdbc.sql(
            """
            update presence
            set writing_until = statement_timestamp() + make_interval(secs => :writing)
            where ticket_id = :ticket and agent_id = :agent
            """)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .param("writing", WRITING.toSeconds())
        .update();
  }

  /// Who else is there, those who write first.
  public List<Colleague> others(TicketId ticket, AgentId except) {
    return jdbc.sql(
            """
            select
              agent.id,
              agent.name,
              max(presence.writing_until) > statement_timestamp() as writing
            from presence
            join agent on agent.id = presence.agent_id
            where presence.ticket_id = :ticket
              and presence.agent_id <> :agent
              and presence.seen_at > statement_timestamp() - make_interval(secs => :lasts)
            group by agent.id
            order by writing desc, agent.name
            """)
        .param("ticket", ticket.value())
        .param("agent", except.value())
        .param("lasts", LASTS.toSeconds())
        .query((row, _) ->
            new Colleague(
                new AgentId(row.getLong("id")), row.getString("name"), row.getBoolean("writing")))
        .list();
  }

  /// Somebody on a ticket, and whether they write.
  public record Seen(long agent, boolean isWriting) {}

  /// Who is on each of these tickets.
  public Map<TicketId, Set<Seen>> on(Collection<TicketId> tickets) {
    record Row(TicketId ticket, Seen seen) {}
    return jdbc
        .sql(
            """
            select ticket_id, agent_id, max(writing_until) > statement_timestamp() as writing
            from presence
            where ticket_id = any(:tickets)
              and seen_at > statement_timestamp() - make_interval(secs => :lasts)
            group by ticket_id, agent_id
            """)
        .param("tickets", tickets.stream().map(TicketId::value).toArray(Long[]::new))
        .param("lasts", LASTS.toSeconds())
        .query((row, _) ->
            new Row(
                new TicketId(row.getLong("ticket_id")),
                new Seen(row.getLong("agent_id"), row.getBoolean("writing"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::ticket, Collectors.mapping(Row::seen, Collectors.toCollection(HashSet::new))));
  }
}
