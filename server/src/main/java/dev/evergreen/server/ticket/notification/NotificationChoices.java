package dev.evergreen.server.ticket.notification;

import dev.evergreen.server.team.AgentId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What agents want to be told of, and in which ways. Everything on the page and by the browser is
/// wanted until somebody says otherwise; mails come to whoever asks for them.
@Component
public class NotificationChoices {
  /// At most how often somebody may want a mail.
  public static final List<Duration> PACES =
      List.of(
          Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(24));

  private final JdbcClient jdbc;

  NotificationChoices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The kinds that an agent does not want to be told of, by way; each way has its set.
  public Map<NotificationWay, Set<NotificationKind>> refusedBy(AgentId agent) {
    var refused = new EnumMap<NotificationWay, Set<NotificationKind>>(NotificationWay.class);
    for (var way : NotificationWay.values()) {
      refused.put(way, EnumSet.noneOf(NotificationKind.class));
    }
    jdbc.sql("select kind, way from notification_refused where agent_id = :agent")
        .param("agent", agent.value())
        .query((row, _) ->
            Objects.requireNonNull(refused.get(NotificationWay.of(row.getString("way"))))
                .add(NotificationKind.of(row.getString("kind"))))
        .list();
    return refused;
  }

  /// Makes these the kinds that an agent does not want to be told of in this way.
  @Transactional
  public void refuse(AgentId agent, NotificationWay way, Set<NotificationKind> kinds) {
    jdbc.sql(
            """
            with taken as (
              delete from notification_refused
              where agent_id = :agent and way = :way and not kind = any(:kinds)
            )
            insert into notification_refused (agent_id, way, kind)
            select :agent, :way, kind from unnest(cast(:kinds as text[])) as new (kind)
            on conflict do nothing
            """)
        .param("agent", agent.value())
        .param("way", way.key())
        .param("kinds", kinds.stream().map(NotificationKind::key).toArray(String[]::new))
        .update();
  }

  /// At most how often an agent gets a mail; empty when they want none.
  public Optional<Duration> pace(AgentId agent) {
    return jdbc.sql("select minutes from digest where agent_id = :agent")
        .param("agent", agent.value())
        .query((row, _) -> Duration.ofMinutes(row.getInt("minutes")))
        .optional();
  }

  @Transactional
  public void mailAtMostEvery(AgentId agent, Duration pace) {
    jdbc.sql(
            """
            insert into digest (agent_id, minutes) values (:agent, :minutes)
            on conflict (agent_id) do update set minutes = excluded.minutes
            """)
        .param("agent", agent.value())
        .param("minutes", Math.toIntExact(pace.toMinutes()))
        .update();
  }

  /// No mail any more, also none of what was gathered already.
  @Transactional
  public void mailNever(AgentId agent) {
    jdbc.sql("delete from digest where agent_id = :agent").param("agent", agent.value()).update();
  }
}
