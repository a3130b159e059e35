package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What agents have begun to write, one draft for each ticket and agent. Nobody else sees it and
/// nothing reacts to it, so it is no event and stands in no timeline.
@Component
public class Drafts {
  private static final int LONGEST = 100_000;
  private static final int LONGEST_HTML = 400_000;
  private static final int LONGEST_COPIES = 5_000;

  private final JdbcClient jdbc;
  private final DatabaseClock clock;

  Drafts(JdbcClient jdbc, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Optional<Draft> of(TicketId ticket, AgentId agent) {
    return jdbc.sql("select * from draft where ticket_id = :ticket and agent_id = :agent")
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .query((row, _) ->
            new Draft(
                Draft.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("text"),
                row.getString("html"),
                new Draft.Copies(row.getString("cc"), row.getString("bcc"))))
        .optional();
  }

  /// Keeps the draft in place of the one before; a blank one is none. What is longer than a message
  /// may be is cut and loses its formatting, so that at least its beginning is kept.
  public void keep(TicketId ticket, AgentId agent, Draft draft) {
    if (draft.isBlank()) {
      drop(ticket, agent);
      return;
    }
    var text = draft.text().replace("\0", "");
    var html = draft.html().replace("\0", "");
    var whole = text.length() <= LONGEST && html.length() <= LONGEST_HTML;
    jdbc.sql(
            """
            insert into draft (ticket_id, agent_id, kind, text, html, cc, bcc, kept_at)
            values (:ticket, :agent, :kind, :text, :html, :cc, :bcc, :now)
            on conflict (ticket_id, agent_id) do update
            set
              kind = excluded.kind,
              text = excluded.text,
              html = excluded.html,
              cc = excluded.cc,
              bcc = excluded.bcc,
              kept_at = excluded.kept_at
            """)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .param("kind", draft.kind().name().toLowerCase(Locale.ROOT))
        .param("text", text.substring(0, Math.min(text.length(), LONGEST)))
        .param("html", whole ? html : "")
        .param("cc", shortened(draft.copies().cc()))
        .param("bcc", shortened(draft.copies().bcc()))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private static @Nullable String shortened(@Nullable String typed) {
    return typed == null
        ? null
        : typed.substring(0, Math.min(typed.length(), LONGEST_COPIES)).replace("\0", "");
  }

  /// It was sent, or given up.
  public void drop(TicketId ticket, AgentId agent) {
    jdbc.sql("delete from draft where ticket_id = :ticket and agent_id = :agent")
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .update();
  }
}
