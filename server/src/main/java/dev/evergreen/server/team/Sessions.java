package dev.evergreen.server.team;

import dev.evergreen.server.platform.AuditDetails;
import dev.evergreen.server.platform.AuditTrail;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Who is signed in, over all nodes. A session lives at most a day, and four hours without a
/// request, by the database's own time; an ended one is gone, for every node, with the commit that
/// ended it. The entries `agent.signed-out` and `agent.deactivated` tell live pages to end theirs.
@Component
public class Sessions {
  private final JdbcClient database;
  private final AuditTrail audit;
  private final AuditDetails details;

  Sessions(JdbcClient database, AuditTrail audit, AuditDetails details) {
    this.database = database;
    this.audit = audit;
    this.details = details;
  }

  /// A new session, and the token that its browser is to carry.
  public record Begun(Session session, String token) {}

  /// Begins a session and clears away a few that have expired.
  @Transactional
  public Begun begin(Agent agent, Origin from) {
    var token = Token.random();
    var id =
        database
            .sql(
                """
                with expired as (
                  delete from session
                  where id in (
                    select id from session where expires_at < now()
                    order by expires_at limit 100 for update skip locked))
                insert into session (token_hash, agent, program, network, expires_at)
                values (:hash, :agent, :program, :network, now() + interval '24 hours')
                returning id
                """)
            .param("hash", token.hash())
            .param("agent", agent.id().value())
            .param("program", from.program())
            .param("network", from.network())
            .query(Long.class)
            .single();
    var data = new HashMap<String, Object>(details.keep(from.program() + ", " + from.network()));
    data.put("session", id);
    record(agent, "agent.signed-in", data);
    return new Begun(new Session(new SessionId(id), agent, true, null), token.value());
  }

  /// The session a token belongs to, if it lives. Looked up at every request: a node remembers
  /// nothing that another could have ended.
  public Optional<Session> find(String token) {
    return database
        .sql(
            """
            select
              agent_in_role.*,
              session.id as session,
              session.proven_at > now() - interval '15 minutes' as is_fresh,
              session.seen_at < now() - interval '1 minute' as is_long_seen
            from session
            join agent_in_role on agent_in_role.id = session.agent
            where session.token_hash = :hash
              and session.expires_at > now()
              and session.seen_at > now() - interval '4 hours'
              and agent_in_role.active
            """)
        .param("hash", new Token(token).hash())
        .query((row, number) -> {
          var session =
              new Session(
                  new SessionId(row.getLong("session")),
                  Agents.read(row, number),
                  row.getBoolean("is_fresh"),
                  AgentLanguages.read(row));
          return Map.entry(session, row.getBoolean("is_long_seen"));
        })
        .optional()
        .map(found -> {
          if (found.getValue()) {
            see(found.getKey().id());
          }
          return found.getKey();
        });
  }

  private void see(SessionId id) {
    database
        .sql("update session set seen_at = now() where id = :id and seen_at < now()")
        .param("id", id.value())
        .update();
  }

  /// Whether the session still lives; for streams that outlast the request that opened them.
  public boolean isLive(SessionId id) {
    return database
        .sql(
            """
            select exists (
              select from session
              join agent on agent.id = session.agent
              where session.id = :id
                and session.expires_at > now()
                and session.seen_at > now() - interval '4 hours'
                and agent.active)
            """)
        .param("id", id.value())
        .query(Boolean.class)
        .single();
  }

  /// Ends the session a token belongs to, on every node; nothing happens when it has ended already.
  @Transactional
  public void end(String token) {
    database
        .sql(
            """
            delete from session
            using agent_in_role
            where agent_in_role.id = session.agent and session.token_hash = :hash
            returning agent_in_role.*, session.id as session
            """)
        .param("hash", new Token(token).hash())
        .query((row, number) -> Map.entry(row.getLong("session"), Agents.read(row, number)))
        .optional()
        .ifPresent(ended ->
            record(ended.getValue(), "agent.signed-out", Map.of("session", ended.getKey())));
  }

  /// The sessions of an agent that live, the last used first.
  public List<OpenSession> of(AgentId agent) {
    return database
        .sql(
            """
            select id, program, network, started_at, seen_at
            from session
            where agent = :agent
              and expires_at > now()
              and seen_at > now() - interval '4 hours'
            order by seen_at desc, id desc
            """)
        .param("agent", agent.value())
        .query((row, _) ->
            new OpenSession(
                new SessionId(row.getLong("id")),
                new Origin(row.getString("program"), row.getString("network")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /// Ends one of an agent's own sessions, on every node; false when there is no such session.
  @Transactional
  public boolean end(Agent owner, SessionId id) {
    var ended =
        database
            .sql("delete from session where id = :id and agent = :agent")
            .param("id", id.value())
            .param("agent", owner.id().value())
            .update();
    if (ended == 1) {
      record(owner, "agent.signed-out", Map.of("session", id.value()));
    }
    return ended == 1;
  }

  /// Ends all sessions of an agent but the one they are using; returns how many.
  @Transactional
  public int endOthers(Session kept) {
    var ended =
        database
            .sql("delete from session where agent = :agent and id <> :kept returning id")
            .param("agent", kept.agent().id().value())
            .param("kept", kept.id().value())
            .query((row, _) -> row.getLong("id"))
            .list();
    ended.forEach(id -> record(kept.agent(), "agent.signed-out", Map.of("session", id)));
    return ended.size();
  }

  /// Remembers that the agent has just proved again who they are.
  public void freshen(SessionId id) {
    database
        .sql("update session set proven_at = now() where id = :id")
        .param("id", id.value())
        .update();
  }

  /// Ends every session of an agent, in the caller's transaction, which records why.
  void endAllOf(AgentId agent) {
    database.sql("delete from session where agent = :agent").param("agent", agent.value()).update();
  }

  private void record(Agent agent, String kind, Map<String, Object> data) {
    var revision =
        database
            .sql("update agent set revision = revision + 1 where id = :id returning revision")
            .param("id", agent.id().value())
            .query(Long.class)
            .single();
    audit.append(agent.id().subject(), revision, kind, agent.actor(), data);
  }
}
