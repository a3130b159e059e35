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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
  private final Digests digests;

  Notifications(
      JdbcClient jdbc, Ledger ledger, Tickets tickets, DatabaseClock clock, Digests digests) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.tickets = tickets;
    this.clock = clock;
    this.digests = digests;
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
                where notification.agent_id = :agent and on_page and notification.id < :before
                order by notification.id desc
                limit :most
                """)
            .param("agent", agent.id().value())
            .param("before", before)
            .param("most", most)
            .query(Notifications::read)
            .list();
    return existing(found, agent);
  }

  private List<Notification> existing(List<Notification> found, Agent agent) {
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
                  returning id, on_page
                )
                update bell
                set
                  unread = unread - (select count(*) from seen where on_page),
                  revision = revision + 1
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
                  returning id, on_page
                )
                update bell
                set
                  unread = unread - (select count(*) from seen where on_page),
                  revision = revision + 1
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

  /// Tells them, each of an entry once and in no way that they refuse for its kind, in the caller's
  /// transaction. Bells are rung in the order of their agents, so that nobody waits in a circle.
  void tell(Collection<Telling> tellings) {
    if (tellings.isEmpty()) {
      return;
    }
    var told =
        jdbc.sql(
                """
                with telling as (
                  select
                    told.*,
                    'page' <> all(refused.ways) as on_page,
                    'browser' <> all(refused.ways) as by_browser,
                    'mail' <> all(refused.ways) and digest.agent_id is not null as by_mail
                  from unnest(
                    cast(:agents as bigint[]),
                    cast(:tickets as bigint[]),
                    cast(:entries as bigint[]),
                    cast(:kinds as text[]),
                    cast(:names as text[])) as told (agent_id, ticket_id, entry, kind, by_name)
                  cross join lateral (
                    select array(
                      select refused.way from notification_refused as refused
                      where refused.agent_id = told.agent_id
                        and refused.kind = told.kind) as ways) as refused
                  left join digest on digest.agent_id = told.agent_id
                ),
                new as (
                  insert into notification (
                    agent_id, ticket_id, entry, kind, by_name, at, on_page, by_browser, by_mail
                  )
                  select agent_id, ticket_id, entry, kind, by_name, :now, on_page, by_browser, by_mail
                  from telling
                  where on_page or by_browser or by_mail
                  on conflict (agent_id, entry) do nothing
                  returning agent_id, on_page, by_browser, by_mail
                ),
                rung as (
                  insert into bell (agent_id, unread, revision)
                  select agent_id, count(*) filter (where on_page), 1
                  from new
                  where on_page or by_browser
                  group by agent_id
                  order by agent_id
                  on conflict (agent_id) do update
                  set unread = bell.unread + excluded.unread, revision = bell.revision + 1
                  returning agent_id, revision
                )
                select new.agent_id, rung.revision, digest.minutes
                from (
                  select agent_id, bool_or(by_mail) as by_mail from new group by agent_id) as new
                left join rung on rung.agent_id = new.agent_id
                left join digest on digest.agent_id = new.agent_id and new.by_mail
                order by new.agent_id
                """)
            .param("agents", array(tellings, one -> one.agent().value()))
            .param("tickets", array(tellings, one -> one.entry().subject().id()))
            .param("entries", array(tellings, one -> one.entry().id()))
            .param("kinds", tellings.stream().map(one -> one.kind().key()).toArray(String[]::new))
            .param(
                "names",
                tellings.stream().map(one -> one.entry().by().name()).toArray(String[]::new))
            .param("now", TicketRows.stored(clock.instant()))
            .query(Told::read)
            .list();
    for (var one : told) {
      if (one.revision() != null) {
        rung(List.of(new Rung(one.agent(), one.revision())));
      }
      if (one.pace() != null) {
        digests.plan(one.agent(), one.pace());
      }
    }
  }

  /// What became of telling an agent.
  ///
  /// @param revision of their bell, if it rang
  /// @param pace at most how often they get a mail, if this is for one
  private record Told(AgentId agent, @Nullable Long revision, @Nullable Duration pace) {
    static Told read(ResultSet row, int number) throws SQLException {
      var minutes = row.getObject("minutes", Integer.class);
      return new Told(
          new AgentId(row.getLong("agent_id")),
          row.getObject("revision", Long.class),
          minutes == null ? null : Duration.ofMinutes(minutes));
    }
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

  /// What is unread and for the agent's browser, after one of them, the oldest first; of many the
  /// newest.
  public List<Notification> newsFor(Agent agent, long after, int most) {
    var found =
        jdbc.sql(
                """
                select notification.*, ticket.subject
                from notification
                join ticket on ticket.id = notification.ticket_id
                where notification.agent_id = :agent
                  and notification.id > :after
                  and by_browser
                  and read_at is null
                order by notification.id desc
                limit :most
                """)
            .param("agent", agent.id().value())
            .param("after", after)
            .param("most", most)
            .query(Notifications::read)
            .list();
    return existing(found, agent).reversed();
  }

  /// The number of the newest that there is for the agent; 0 for none.
  public long last(AgentId agent) {
    return jdbc.sql("select coalesce(max(id), 0) as last from notification where agent_id = :agent")
        .param("agent", agent.value())
        .query((row, _) -> row.getLong("last"))
        .single();
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
