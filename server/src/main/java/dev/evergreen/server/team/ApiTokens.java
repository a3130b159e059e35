package dev.evergreen.server.team;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.ApiToken.ApiTokenId;
import dev.evergreen.server.team.ApiToken.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The tokens by which programs act for agents. Only a hash is kept; a token ends at its time, when
/// its owner revokes it, and with its owner's work here.
@Component
public class ApiTokens {
  /// Tells people, and programs that look for secrets in the wrong place, what they have found.
  static final String PREFIX = "evg_";

  private static final int MOST = 50;

  private final JdbcClient database;
  private final Agents agents;

  ApiTokens(JdbcClient database, Agents agents) {
    this.database = database;
    this.agents = agents;
  }

  /// Who a program acts for, with at most the role that its token allows.
  public record Caller(Agent agent, ApiToken token) {
    public boolean may(Scope scope) {
      return token.scopes().contains(scope);
    }
  }

  /// Makes a token.
  ///
  /// @return what the program is to send; it cannot be read again
  @Transactional
  public Outcome<String> make(Agent owner, String name, Set<Scope> scopes, Duration life) {
    var title = name.strip();
    if (title.isEmpty() || title.length() > 100) {
      return Outcome.rejected(Reason.INVALID, "Expected a name of 1 to 100 letters for the token.");
    }
    if (scopes.isEmpty()) {
      return Outcome.rejected(Reason.INVALID, "Expected at least one thing that it may do.");
    }
    if (of(owner.id()).size() >= MOST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at most %d tokens: revoke one first.".formatted(MOST));
    }
    var token = new Token(PREFIX + Token.random().value());
    var names = scopes.stream().map(Scope::name).sorted().toArray(String[]::new);
    long id =
        database
            .sql(
                """
                insert into api_token (token_hash, agent, name, scopes, expires_at)
                values (:hash, :agent, :name, :scopes, now() + make_interval(secs => :seconds))
                returning id
                """)
            .param("hash", token.hash())
            .param("agent", owner.id().value())
            .param("name", title)
            .param("scopes", names)
            .param("seconds", life.toSeconds())
            .query(Long.class)
            .single();
    agents.append(
        owner.id(),
        "agent.token-made",
        owner.actor(),
        Map.of("token", id, "scopes", List.of(names), "days", life.toDays()));
    return Outcome.accepted(token.value());
  }

  /// An agent's tokens that are still good, the newest first.
  public List<ApiToken> of(AgentId owner) {
    return database
        .sql(
            """
            select id, name, scopes, made_at, used_at, expires_at
            from api_token
            where agent = :agent and expires_at > now()
            order by id desc
            """)
        .param("agent", owner.value())
        .query(ApiTokens::read)
        .list();
  }

  /// Ends one of an agent's own tokens at once; false when there is none.
  @Transactional
  public boolean revoke(Agent owner, ApiTokenId id) {
    var revoked =
        database
            .sql("delete from api_token where id = :id and agent = :agent")
            .param("id", id.value())
            .param("agent", owner.id().value())
            .update();
    if (revoked == 1) {
      agents.append(owner.id(), "agent.token-revoked", owner.actor(), Map.of("token", id.value()));
    }
    return revoked == 1;
  }

  /// Who sent this token, if it is good. Looked up at every request: a node remembers nothing that
  /// another could have ended.
  public Optional<Caller> find(String token) {
    return database
        .sql(
            """
            select
              agent_in_role.*,
              api_token.id as token,
              api_token.name as token_name,
              api_token.scopes,
              api_token.made_at,
              api_token.used_at,
              api_token.expires_at,
              coalesce(used_at < now() - interval '1 minute', true) as is_long_unused
            from api_token
            join agent_in_role on agent_in_role.id = api_token.agent
            where api_token.token_hash = :hash
              and api_token.expires_at > now()
              and agent_in_role.active
            """)
        .param("hash", new Token(token).hash())
        .query((row, number) -> Map.entry(caller(row, number), row.getBoolean("is_long_unused")))
        .optional()
        .map(found -> {
          if (found.getValue()) {
            use(found.getKey().token().id());
          }
          return found.getKey();
        });
  }

  private void use(ApiTokenId id) {
    database
        .sql("update api_token set used_at = now() where id = :id")
        .param("id", id.value())
        .update();
  }

  private static Caller caller(ResultSet row, int number) throws SQLException {
    var token = read(row, "token", "token_name");
    var known = Agents.read(row, number);
    var allowed =
        token.scopes().contains(Scope.ADMINISTER)
            ? known.role()
            : known.role().without(Permission.ADMINISTER);
    var agent = new Agent(known.id(), known.name(), known.email(), allowed, known.teams(), true);
    return new Caller(agent, token);
  }

  private static ApiToken read(ResultSet row, int number) throws SQLException {
    return read(row, "id", "name");
  }

  /// @param id the columns of its id and its name, which stand beside those of its agent
  private static ApiToken read(ResultSet row, String id, String name) throws SQLException {
    var usedAt = row.getObject("used_at", OffsetDateTime.class);
    return new ApiToken(
        new ApiTokenId(row.getLong(id)),
        row.getString(name),
        Stream.of((String[]) row.getArray("scopes").getArray())
            .map(Scope::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        usedAt == null ? null : usedAt.toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }
}
