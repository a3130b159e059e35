package dev.evergreen.server.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one kind of secret that is handed out to be used later: good for one purpose, once, for some
/// time by the database's own clock. Only its hash is kept. A pass that is cut, used, replaced, too
/// old or meant for something else is simply unknown.
@Component
public class Passes {
  /// What a pass is good for, and how long.
  public enum Purpose {
    /// Somebody new sets their first password.
    INVITATION(Duration.ofDays(3)),
    /// Somebody who forgot it sets another.
    RESET(Duration.ofHours(1)),
    /// Somebody whose password was right types a code.
    SECOND_STEP(Duration.ofMinutes(10)),
    /// Somebody comes back from where they prove who they are.
    PROVIDER(Duration.ofMinutes(10)),
    /// Somebody signs in by a passkey.
    PASSKEY(Duration.ofMinutes(10)),
    /// Somebody makes a passkey.
    NEW_PASSKEY(Duration.ofMinutes(10));

    private final Duration life;

    Purpose(Duration life) {
      this.life = life;
    }
  }

  /// @param holder whose it is, when that is known already
  /// @param memo what whoever issued it wants to know again
  public record Pass(Purpose purpose, @Nullable AgentId holder, String memo) {}

  private final JdbcClient database;

  Passes(JdbcClient database) {
    this.database = database;
  }

  /// Makes a pass and clears away a few that have expired. Of the passes by which somebody sets
  /// their password, only the newest of a purpose is good.
  public Token issue(Pass pass) {
    var token = Token.random();
    var holder = pass.holder();
    database
        .sql(
            """
            with expired as (
              delete from pass
              where id in (
                select id from pass where expires_at < now()
                order by expires_at limit 100 for update skip locked))
            insert into pass (token_hash, purpose, agent, memo, expires_at)
            values (:hash, :purpose, :agent, :memo, now() + make_interval(secs => :seconds))
            on conflict (agent, purpose) where purpose in ('INVITATION', 'RESET') do update
            set token_hash = excluded.token_hash, expires_at = excluded.expires_at
            """)
        .param("hash", token.hash())
        .param("purpose", pass.purpose().name())
        .param("agent", holder == null ? null : holder.value(), java.sql.Types.BIGINT)
        .param("memo", pass.memo())
        .param("seconds", pass.purpose().life.toSeconds())
        .update();
    return token;
  }

  /// The pass with this token, if it is good for one of these purposes. It stays good.
  public Optional<Pass> look(String token, Purpose... purposes) {
    return database
        .sql(
            """
            select purpose, agent, memo
            from pass
            where token_hash = :hash and purpose = any(:purposes) and expires_at > now()
            """)
        .param("hash", new Token(token).hash())
        .param("purposes", names(purposes))
        .query(Passes::read)
        .optional();
  }

  /// Uses the pass up in the caller's transaction; of several who try at once one gets it.
  public Optional<Pass> use(String token, Purpose... purposes) {
    return database
        .sql(
            """
            delete from pass
            where token_hash = :hash and purpose = any(:purposes) and expires_at > now()
            returning purpose, agent, memo
            """)
        .param("hash", new Token(token).hash())
        .param("purposes", names(purposes))
        .query(Passes::read)
        .optional();
  }

  /// Takes back what somebody was given for these purposes.
  public void revoke(AgentId holder, Purpose... purposes) {
    database
        .sql("delete from pass where agent = :agent and purpose = any(:purposes)")
        .param("agent", holder.value())
        .param("purposes", names(purposes))
        .update();
  }

  /// Who has a pass for this purpose that is still good.
  public Set<AgentId> holders(Purpose purpose) {
    return database
        .sql(
            """
            select agent
            from pass
            where purpose = :purpose
              and purpose in ('INVITATION', 'RESET')
              and agent is not null
              and expires_at > now()
            """)
        .param("purpose", purpose.name())
        .query((row, _) -> new AgentId(row.getLong("agent")))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String[] names(Purpose... purposes) {
    Collection<Purpose> all = Arrays.asList(purposes);
    return all.stream().map(Purpose::name).toArray(String[]::new);
  }

  private static Pass read(ResultSet row, int number) throws SQLException {
    long holder = row.getLong("agent");
    var nobody = row.wasNull();
    return new Pass(
        Purpose.valueOf(row.getString("purpose")),
        nobody ? null : new AgentId(holder),
        row.getString("memo"));
  }
}
