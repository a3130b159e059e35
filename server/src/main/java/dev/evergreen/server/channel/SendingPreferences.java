package dev.evergreen.server.channel;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How long each person can take back what they sent.
@Component
public class SendingPreferences {
  /// What can be chosen; none means that it goes out at once.
  public static final List<Duration> CHOICES =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  private static final Duration INITIAL = Duration.ofSeconds(10);

  private final JdbcClient database;

  SendingPreferences(JdbcClient database) {
    this.database = database;
  }

  public Duration undoTime(AgentId agent) {
    return database
        .sql("select undo_seconds from sending_preference where agent = :agent")
        .param("agent", agent.value())
        .query((row, _) -> Duration.ofSeconds(row.getInt("undo_seconds")))
        .optional()
        .orElse(INITIAL);
  }

  /// What a person begins to write with on a ticket, read at once.
  ///
  /// @param goesOn whether the next ticket comes after sending
  /// @param copied who has been getting copies until now
  public record Start(Duration undo, boolean goesOn, List<String> copied) {
    public Start {
      copied = List.copyOf(copied);
    }
  }

  public Start on(TicketId ticket, AgentId agent) {
    return database
        .sql(
            """
            select
              (select undo_seconds from sending_preference where agent = :agent) as undo_seconds,
              coalesce(
                (select goes_on from sending_preference where agent = :agent), false) as goes_on,
              array(
                select address from participant
                where ticket = :ticket and state = 'copied'
                order by address) as copied
            """)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .query((row, _) -> {
          Integer seconds = row.getObject("undo_seconds", Integer.class);
          return new Start(
              seconds == null ? INITIAL : Duration.ofSeconds(seconds),
              row.getBoolean("goes_on"),
              List.of((String[]) row.getArray("copied").getArray()));
        })
        .single();
  }

  /// Whether somebody goes on with the next ticket when they have sent something.
  public boolean goesOn(AgentId agent) {
    return database
        .sql("select goes_on from sending_preference where agent = :agent")
        .param("agent", agent.value())
        .query((row, _) -> row.getBoolean("goes_on"))
        .optional()
        .orElse(false);
  }

  /// @param time one of [#CHOICES]
  public void set(AgentId agent, Duration time, boolean goesOn) {
    if (!CHOICES.contains(time)) {
      throw new IllegalArgumentException("expected one of " + CHOICES + ", but found " + time);
    }
    database
        .sql(
            """
            insert into sending_preference (agent, undo_seconds, goes_on)
            values (:agent, :seconds, :goesOn)
            on conflict (agent) do update
            set undo_seconds = excluded.undo_seconds, goes_on = excluded.goes_on
            """)
        .param("agent", agent.value())
        .param("seconds", time.toSeconds())
        .param("goesOn", goesOn)
        .update();
  }
}
