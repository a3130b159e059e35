package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/// Links by which somebody sets their password: good once, for three days, until the next link for
/// the same person. A link that is cut, used, replaced or too old is simply unknown.
@Component
public class Invitations {
  private final JdbcClient database;
  private final Agents agents;
  private final Passwords passwords;
  private final TransactionOperations transaction;

  Invitations(
      JdbcClient database, Agents agents, Passwords passwords, TransactionOperations transaction) {
    this.database = database;
    this.agents = agents;
    this.passwords = passwords;
    this.transaction = transaction;
  }

  /// Makes the link's secret part for an active agent. It is shown once and cannot be read again.
  @Transactional
  public Outcome<String> invite(AgentId id, Actor by) {
    var token = Token.random();
    var made =
        database
            .sql(
                """
                insert into invitation (agent, token_hash, expires_at)
                select id, :hash, now() + interval '3 days'
                from agent
                where id = :agent and active
                on conflict (agent) do update
                set token_hash = excluded.token_hash, expires_at = excluded.expires_at
                """)
            .param("agent", id.value())
            .param("hash", token.hash())
            .update();
    if (made == 0) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no active agent " + id.value() + ".");
    }
    agents.append(id, "agent.invited", by, Map.of());
    return Outcome.accepted(token.value());
  }

  /// Whom a link is for, as long as it is good.
  public Optional<Agent> invited(String token) {
    return database
        .sql(
            """
            select agent.id, agent.name, agent.email, agent.role, agent.active
            from invitation
            join agent on agent.id = invitation.agent
            where invitation.token_hash = :hash
              and invitation.expires_at > now()
              and agent.active
            """)
        .param("hash", new Token(token).hash())
        .query(Agents::read)
        .optional();
  }

  /// Sets the password and uses the link up, both or neither.
  public Outcome<Agent> accept(String token, String password) {
    var agent = invited(token);
    if (agent.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "This link is no longer good.");
    }
    var objection = Passwords.objectionTo(password, agent.get().name(), agent.get().email());
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    var encoded = passwords.encode(password);
    return transaction.execute(_ -> use(agent.get(), new Token(token), encoded));
  }

  private Outcome<Agent> use(Agent agent, Token token, String encoded) {
    var used =
        database
            .sql("delete from invitation where token_hash = :hash and expires_at > now()")
            .param("hash", token.hash())
            .update();
    if (used == 0) {
      return Outcome.rejected(Reason.UNKNOWN, "This link is no longer good.");
    }
    passwords.store(agent.id(), encoded);
    agents.append(agent.id(), "agent.password-set", agent.actor(), Map.of());
    return Outcome.accepted(agent);
  }

  /// Who has a link that is still good.
  Set<AgentId> open() {
    return database
        .sql("select agent from invitation where expires_at > now()")
        .query((row, _) -> new AgentId(row.getLong("agent")))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }
}
