package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The agents. Each verb is one transaction with its entry in the ledger; an installation that has
/// an active administrator never loses its last one.
@Component
public class Agents {
  private final JdbcClient database;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Teams teams;
  private final Sessions sessions;
  private final Kept<List<Agent>> active = new Kept<>(this::storedActive);

  Agents(
      JdbcClient database, AuditTrail audit, InstantSource clock, Teams teams, Sessions sessions) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.teams = teams;
    this.sessions = sessions;
  }

  public Optional<Agent> withId(AgentId id) {
    return database
        .sql(
            """
            select *
            from agent_in_role
            where id = :id
            """)
        .param("id", id.value())
        .query(Agents::read)
        .optional();
  }

  public Optional<Agent> withEmail(EmailAddress email) {
    return database
        .sql(
            """
            select *
            from agent_in_role
            where email = :email
            """)
        .param("email", email.toString())
        .query(Agents::read)
        .optional();
  }

  /// Those who can sign in and be given work, by name.
  public List<Agent> active() {
    return active.get();
  }

  private List<Agent> storedActive() {
    return database
        .sql(
            """
            select *
            from agent_in_role
            where active
            order by lower(name), id
            """)
        .query(Agents::read)
        .list();
  }

  /// Everybody, also those who left, by name.
  List<Agent> all() {
    return database
        .sql(
            """
            select *
            from agent_in_role
            order by active desc, lower(name), id
            """)
        .query(Agents::read)
        .list();
  }

  @Transactional
  public Outcome<Agent> add(NewAgent person, Actor by) {
    var email = EmailAddress.parse(person.email());
    var name = person.name().strip();
    if (email.isEmpty()) {
      return Outcome.rejected(Reason.INVALID, notAnAddress(person.email()));
    }
    if (name.isEmpty() || name.length() > 100) {
      return Outcome.rejected(Reason.INVALID, NAME_EXPECTED);
    }
    var id =
        database
            .sql(
                """
                with founded as (
                  insert into founding (id, founded_at) values (1, :now)
                  on conflict do nothing)
                insert into agent (name, email, role, own_role, created_at)
                values (:name, :email, cast(:role as text), cast(:own as bigint), :now)
                on conflict (email) do nothing
                returning id
                """)
            .param("name", name)
            .param("email", email.get().toString())
            .params(stored(person.role()))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .optional()
            .map(AgentId::new);
    if (id.isEmpty()) {
      return Outcome.rejected(
          Reason.TAKEN, "There already is somebody with the address " + email.get() + ".");
    }
    teams.place(id.get(), person.teams());
    append(id.get(), "agent.added", by, said(person.role()));
    return Outcome.accepted(withId(id.get()).orElseThrow());
  }

  /// Gives an agent another role and other teams.
  @Transactional
  public Outcome<Agent> change(AgentId id, Role role, List<TeamId> memberOf, Actor by) {
    if (!role.may(Permission.ADMINISTER) && isLastAdministrator(id)) {
      return Outcome.rejected(Reason.INVALID, LAST_ADMINISTRATOR);
    }
    var changed =
        database
            .sql(
                """
                update agent set role = cast(:role as text), own_role = cast(:own as bigint)
                where id = :id
                """)
            .param("id", id.value())
            .params(stored(role))
            .update();
    if (changed == 0) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no agent " + id.value() + ".");
    }
    teams.place(id, memberOf);
    append(id, "agent.changed", by, said(role, memberOf));
    return Outcome.accepted(withId(id).orElseThrow());
  }

  /// Ends an agent's work here: no sign-in, no new work, every session ended at once.
  @Transactional
  public Outcome<Agent> deactivate(AgentId id, Actor by) {
    if (isLastAdministrator(id)) {
      return Outcome.rejected(Reason.INVALID, LAST_ADMINISTRATOR);
    }
    return setActive(id, false, by);
  }

  /// Lets somebody come back, with the password they had.
  @Transactional
  public Outcome<Agent> reactivate(AgentId id, Actor by) {
    return setActive(id, true, by);
  }

  private Outcome<Agent> setActive(AgentId id, boolean active, Actor by) {
    var changed =
        database
            .sql(
                """
                update agent set active = :active
                where id = :id and active <> :active
                """)
            .param("id", id.value())
            .param("active", active)
            .update();
    if (changed == 0) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Expected an agent " + (active ? "who left" : "who works here") + "; look again.");
    }
    if (!active) {
      sessions.endAllOf(id);
    }
    append(id, active ? "agent.reactivated" : "agent.deactivated", by, Map.of());
    return Outcome.accepted(withId(id).orElseThrow());
  }

  /// Locks the administrators first, so that two of them cannot remove each other at once.
  private boolean isLastAdministrator(AgentId id) {
    var administrators =
        database
            .sql(
                """
                select agent.id
                from agent
                left join role on role.id = agent.own_role
                where agent.active
                  and (agent.role = 'ADMINISTRATOR' or :administer = any(role.grants))
                order by agent.id
                for update of agent
                """)
            .param("administer", Roles.ADMINISTER)
            .query((row, _) -> row.getLong("id"))
            .list();
    return administrators.equals(List.of(id.value()));
  }

  /// Whether somebody could still administer if a role of one's own no longer said so.
  boolean isAdministeredWithout(long role) {
    return !database
        .sql(
            """
            select agent.id
            from agent
            left join role on role.id = agent.own_role
            where agent.active
              and (agent.role = 'ADMINISTRATOR' or :administer = any(role.grants))
              and agent.own_role is distinct from :role
            order by agent.id
            for update of agent
            """)
        .param("administer", Roles.ADMINISTER)
        .param("role", role)
        .query((row, _) -> row.getLong("id"))
        .list()
        .isEmpty();
  }

  /// Writes what happened to an agent under the lock of their row, in the caller's transaction.
  public void append(AgentId id, String kind, Actor by, Map<String, Object> data) {
    var revision =
        database
            .sql("update agent set revision = revision + 1 where id = :id returning revision")
            .param("id", id.value())
            .query(Long.class)
            .single();
    audit.append(id.subject(), revision, kind, by, data);
    active.changed();
  }

  private static Map<String, @Nullable Object> stored(Role role) {
    var columns = new HashMap<String, @Nullable Object>();
    columns.put("role", role.isShipped() ? role.key() : null);
    columns.put("own", role.isShipped() ? null : Long.valueOf(role.key()));
    return columns;
  }

  /// A role of one's own is named as it was called then, too.
  private static Map<String, Object> said(Role role) {
    return role.isShipped()
        ? Map.of("role", role.key())
        : Map.of("role", role.key(), "called", role.label());
  }

  private static Map<String, Object> said(Role role, List<TeamId> memberOf) {
    var said = new HashMap<>(said(role));
    said.put("teams", memberOf.stream().map(TeamId::value).toList());
    return said;
  }

  /// Whoever was read may do something else now.
  void changed() {
    active.changed();
  }

  /// Reads a row of `agent_in_role`.
  static Agent read(ResultSet row, int number) throws SQLException {
    return new Agent(
        new AgentId(row.getLong("id")),
        row.getString("name"),
        row.getString("email"),
        Roles.read(row),
        Stream.of((Long[]) row.getArray("teams").getArray())
            .map(TeamId::new)
            .collect(Collectors.toUnmodifiableSet()),
        row.getBoolean("active"));
  }

  static String notAnAddress(String text) {
    return "Expected an e-mail address such as ada@example.com, but found “" + text.strip() + "”.";
  }

  static final String NAME_EXPECTED = "Expected a name of 1 to 100 letters.";
  private static final String LAST_ADMINISTRATOR =
      "This is the last active administrator: make somebody else one first.";
}
