package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.web.Unread;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.Tickets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What agents are told of, each their own. A bell counts what they have not looked at; open pages
/// hear of its changes by the ledger, as of everything else. A ticket that no longer exists for a
/// person takes its notifications with it.
@Component
public class Notifications implements Unread {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Tickets tickets;
  private final DatabaseClock clock;

  Notifications(JdbcClient jdbc, Ledger ledger, Tickets tickets, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.tickets = tickets;
    this.clock = clock;
  }

  /// Whose bell it is: what the bell on a page listens to.
  public static Subject bellOf(AgentId agent) {
    return new Subject("bell", agent.value());
  }

  @Override
  public int of(long agent) {
    return jdbc.sql("select unread from bell where agent_id = :agent")
        .param("agent", agent)
        .query((row, _) -> row.getInt("unread"))
        .optional()
        .orElse(0);
  }

  /// What an agent was told of before one of them, the newest first.
  public List<Notification> newest(Agent agent, long before, int most) {
    var found =
        jdbc.sql(
                """
                select notification.*, ticket.subject
                from notification
                join ticket on ticket.id = notification.ticket_id
                where notification.agent_id = :agent and notification.id < :before
                order by notification.id desc
                limit :most
                """)
            .param("agent", agent.id().value())
            .param("before", before)
            .param("most", most)
            .query(Notifications::read)
            .list();
    var visible =
        tickets
            .visibleTo(agent)
            .subjects(found.stream().map(one -> one.ticket().value()).distinct().toList());
    return found.stream().filter(one -> visible.containsKey(one.ticket())).toList();
  }

  /// The agent has looked at a ticket: what they were told of it is no longer news.
  @Transactional
  public void seen(AgentId agent, TicketId ticket) {
    rung(
        jdbc.sql(
                """
                with seen as (
                  update notification set read_at = :now
                  where agent_id = :agent and ticket_id = :ticket and read_at is null
                  returning id
                )
                update bell
                set unread = unread - (select count(*) from seen), revision = revision + 1
                where agent_id = :agent and exists (select from seen)
                returning agent_id, revision
                """)
            .param("agent", agent.value())
            .param("ticket", ticket.value())
            .param("now", TicketRows.stored(clock.instant()))
            .query(Rung::read)
            .list());
  }

  /// The agent has looked at all of them.
  @Transactional
  public void allSeen(AgentId agent) {
    rung(
        jdbc.sql(
                """
                with seen as (
                  update notification set read_at = :now
                  where agent_id = :agent and read_at is null
                  returning id
                )
                update bell
                set unread = unread - (select count(*) from seen), revision = revision + 1
                where agent_id = :agent and exists (select from seen)
                returning agent_id, revision
                """)
            .param("agent", agent.value())
            .param("now", TicketRows.stored(clock.instant()))
            .query(Rung::read)
            .list());
  }

  /// Somebody to be told of an entry of the ledger.
  record Telling(AgentId agent, Ledger.Entry entry, NotificationKind kind) {}

  /// Tells them, each of an entry once and of no kind that they refuse, in the caller's
  /// transaction. Bells are rung in the order of their agents, so that nobody waits in a circle.
  void tell(Collection<Telling> tellings) {
    if (tellings.isEmpty()) {
      return;
    }
    rung(
        jdbc.sql(
                """
                with new as (
                  insert into notification (agent_id, ticket_id, entry, kind, by_name, at)
                  select told.agent_id, told.ticket_id, told.entry, told.kind, told.by_name, :now
                  from unnest(
                    cast(:agents as bigint[]),
                    cast(:tickets as bigint[]),
                    cast(:entries as bigint[]),
                    cast(:kinds as text[]),
                    cast(:names as text[])) as told (agent_id, ticket_id, entry, kind, by_name)
                  where not exists (
                    select from notification_refused as refused
                    where refused.agent_id = told.agent_id and refused.kind = told.kind)
                  on conflict (agent_id, entry) do nothing
                  returning agent_id
                )
                insert into bell (agent_id, unread, revision)
                select agent_id, count(*), 1
                from new
                group by agent_id
                order by agent_id
                on conflict (agent_id) do update
                set unread = bell.unread + excluded.unread, revision = bell.revision + 1
                returning agent_id, revision
                """)
            .param("agents", array(tellings, one -> one.agent().value()))
            .param("tickets", array(tellings, one -> one.entry().subject().id()))
            .param("entries", array(tellings, one -> one.entry().id()))
            .param("kinds", tellings.stream().map(one -> one.kind().key()).toArray(String[]::new))
            .param(
                "names",
                tellings.stream().map(one -> one.entry().by().name()).toArray(String[]::new))
            .param("now", TicketRows.stored(clock.instant()))
            .query(Rung::read)
            .list());
  }

  private static Long[] array(Collection<Telling> tellings, Function<Telling, Long> value) {
    return tellings.stream().map(value).toArray(Long[]::new);
  }

  private record Rung(AgentId agent, long revision) {
    static Rung read(ResultSet row, int number) throws SQLException {
      return new Rung(new AgentId(row.getLong("agent_id")), row.getLong("revision"));
    }
  }

  private void rung(List<Rung> bells) {
    bells.forEach(bell ->
        ledger.append(
            bellOf(bell.agent()), bell.revision(), "bell.changed", Actor.SYSTEM, Map.of()));
  }

  /// The kinds that an agent does not want to be told of.
  public Set<NotificationKind> refusedBy(AgentId agent) {
    var refused = EnumSet.noneOf(NotificationKind.class);
    jdbc.sql("select kind from notification_refused where agent_id = :agent")
        .param("agent", agent.value())
        .query((row, _) -> NotificationKind.of(row.getString("kind")))
        .list()
        .forEach(refused::add);
    return refused;
  }

  /// Makes these the kinds that an agent does not want to be told of.
  @Transactional
  public void refuse(AgentId agent, Set<NotificationKind> kinds) {
    jdbc.sql(
            """
            with taken as (
              delete from notification_refused
              where agent_id = :agent and not kind = any(:kinds)
            )
            insert into notification_refused (agent_id, kind)
            select :agent, kind from unnest(cast(:kinds as text[])) as new (kind)
            on conflict do nothing
            """)
        .param("agent", agent.value())
        .param("kinds", kinds.stream().map(NotificationKind::key).toArray(String[]::new))
        .update();
  }

  private static Notification read(ResultSet row, int number) throws SQLException {
    return new Notification(
        row.getLong("id"),
        new TicketId(row.getLong("ticket_id")),
        row.getString("subject"),
        NotificationKind.of(row.getString("kind")),
        row.getString("by_name"),
        TicketRows.at(row, "at"),
        row.getObject("read_at") == null);
  }
}
