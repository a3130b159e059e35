package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerReaction;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells agents what happened on tickets that concern them: because they were named, because the
/// ticket is theirs, or because they follow it. Nobody is told of what they did themselves, nor of
/// a ticket that does not exist for them.
@Component
final class NotificationReaction implements LedgerReaction {
  private static final Set<String> KINDS =
      Set.of(
          "ticket.note-added",
          "ticket.assigned",
          "ticket.customer-replied",
          "ticket.agent-replied",
          "ticket.closed",
          "ticket.reopened",
          "ticket.merged",
          "ticket.came-back");

  /// What is told to those whom the entry names itself, and to nobody else.
  private static final Map<String, NotificationKind> NAMING =
      Map.ofEntries(
          Map.entry("ticket.side-answered", NotificationKind.PARTNER),
          Map.entry("ticket.side-bounced", NotificationKind.PARTNER),
          Map.entry("ticket.task-given", NotificationKind.TASK),
          Map.entry("ticket.task-withdrawn", NotificationKind.TASK),
          Map.entry("ticket.task-done", NotificationKind.TASK_ENDED),
          Map.entry("ticket.task-declined", NotificationKind.TASK_ENDED),
          Map.entry("ticket.task-late", NotificationKind.TASK_LATE),
          Map.entry("ticket.consulted", NotificationKind.QUESTION),
          Map.entry("ticket.consultation-answered", NotificationKind.CONSULTED),
          Map.entry("ticket.handed-over", NotificationKind.HANDED_OVER),
          Map.entry("ticket.not-settled", NotificationKind.NOT_SETTLED));

  private final JdbcClient jdbc;
  private final Agents agents;
  private final Tickets tickets;
  private final Notifications notifications;

  NotificationReaction(
      JdbcClient jdbc, Agents agents, Tickets tickets, Notifications notifications) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.tickets = tickets;
    this.notifications = notifications;
  }

  @Override
  public String name() {
    return "ticket.notifications";
  }

  @Override
  public boolean wants(String kind) {
    return KINDS.contains(kind) || NAMING.containsKey(kind);
  }

  @Override
  public void react(Ledger.Entry entry) {
    react(List.of(entry));
  }

  @Override
  public void react(List<Ledger.Entry> entries) {
    var concerned =
        concerned(entries.stream().map(entry -> entry.subject().id()).collect(Collectors.toSet()));
    var known = new HashMap<AgentId, Optional<Agent>>();
    var tellings = new ArrayList<Notifications.Telling>();
    for (var entry : entries) {
      var who = concerned.get(entry.subject().id());
      if (who != null) {
        kindsFor(entry, who)
            .forEach((agent, kind) -> {
              if (exists(entry, known.computeIfAbsent(agent, agents::withId))) {
                tellings.add(new Notifications.Telling(agent, entry, kind));
              }
            });
      }
    }
    notifications.tell(tellings);
  }

  /// Whom a ticket concerns: whoever has it, and who follows it.
  private record Concerned(@Nullable AgentId agent, Set<AgentId> followers) {}

  private Map<Long, Concerned> concerned(Collection<Long> ids) {
    return jdbc
        .sql(
            """
            select
              ticket.id,
              ticket.agent_id,
              array(
                select follower.agent_id from follower
                where follower.ticket_id = ticket.id) as followers
            from ticket
            where ticket.id = any(:ids)
            """)
        .param("ids", ids.toArray(Long[]::new))
        .query((row, _) -> {
          @Nullable Long agent = row.getObject("agent_id", Long.class);
          return Map.entry(
              row.getLong("id"),
              new Concerned(
                  agent == null ? null : new AgentId(agent), agents(row.getArray("followers"))));
        })
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<AgentId> agents(Array ids) throws SQLException {
    return Arrays.stream((Long[]) ids.getArray()).map(AgentId::new).collect(Collectors.toSet());
  }

  /// Who is told of an entry, and why: the nearest reason counts.
  private static Map<AgentId, NotificationKind> kindsFor(Ledger.Entry entry, Concerned who) {
    var told = new HashMap<AgentId, NotificationKind>();
    var naming = NAMING.get(entry.kind());
    if (naming != null) {
      numbers(entry, "tell").forEach(agent -> told.put(agent, naming));
      return withoutSelf(told, entry);
    }
    var follow =
        switch (entry.kind()) {
          case "ticket.customer-replied" -> NotificationKind.ANSWER;
          case "ticket.assigned" -> null;
          case "ticket.came-back" -> NotificationKind.FOLLOW_UP;
          default -> NotificationKind.FOLLOWED;
        };
    if (follow != null) {
      who.followers().forEach(agent -> told.put(agent, follow));
    }
    var own = who.agent();
    if (own != null && follow != null && follow != NotificationKind.FOLLOWED) {
      told.put(own, follow);
    }
    named(entry, "agent")
        .ifPresent(agent ->
            told.put(
                agent,
                entry.kind().equals("ticket.assigned")
                    ? NotificationKind.ASSIGNED
                    : NotificationKind.FOLLOW_UP));
    numbers(entry, "mentions").forEach(agent -> told.put(agent, NotificationKind.MENTION));
    return withoutSelf(told, entry);
  }

  private static Map<AgentId, NotificationKind> withoutSelf(
      Map<AgentId, NotificationKind> told, Ledger.Entry entry) {
    Long self = entry.by().id();
    if (self != null && entry.by().kind().equals("agent")) {
      told.remove(new AgentId(self));
    }
    return told;
  }

  private static Optional<AgentId> named(Ledger.Entry entry, String key) {
    return entry.data().get(key) instanceof Number id
        ? Optional.of(new AgentId(id.longValue()))
        : Optional.empty();
  }

  private static Set<AgentId> numbers(Ledger.Entry entry, String key) {
    var mentioned = new HashSet<AgentId>();
    if (entry.data().get(key) instanceof Collection<?> ids) {
      ids.forEach(id -> {
        if (id instanceof Number number) {
          mentioned.add(new AgentId(number.longValue()));
        }
      });
    }
    return mentioned;
  }

  private boolean exists(Ledger.Entry entry, Optional<Agent> agent) {
    return agent
        .filter(Agent::active)
        .flatMap(one -> tickets.visibleTo(one).get(new TicketId(entry.subject().id())))
        .isPresent();
  }
}
