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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            select id, name, email, role, active
            from agent
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
            select id, name, email, role, active
            from agent
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
            select id, name, email, role, active
            from agent
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
            select id, name, email, role, active
            from agent
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
                insert into agent (name, email, role, created_at)
                values (:name, :email, :role, :now)
                on conflict (email) do nothing
                returning id
                """)
            .param("name", name)
            .param("email", email.get().toString())
            .param("role", person.role().name())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .optional()
            .map(AgentId::new);
    if (id.isEmpty()) {
      return Outcome.rejected(
          Reason.TAKEN, "There already is somebody with the address " + email.get() + ".");
    }
    var agent = new Agent(id.get(), name, email.get().toString(), person.role(), true);
    teams.place(agent.id(), person.teams());
    append(agent.id(), "agent.added", by, Map.of("role", person.role().name()));
    return Outcome.accepted(agent);
  }

  /// Gives an agent another role and other teams.
  @Transactional
  public Outcome<Agent> change(AgentId id, Role role, List<TeamId> memberOf, Actor by) {
    if (role != Role.ADMINISTRATOR && isLastAdministrator(id)) {
      return Outcome.rejected(Reason.INVALID, LAST_ADMINISTRATOR);
    }
    var changed =
        database
            .sql(
                """
                update agent set role = :role
                where id = :id
                returning id, name, email, role, active
                """)
            .param("id", id.value())
            .param("role", role.name())
            .query(Agents::read)
            .optional();
    if (changed.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no agent " + id.value() + ".");
    }
    teams.place(id, memberOf);
    append(
        id,
        "agent.changed",
        by,
        Map.of("role", role.name(), "teams", memberOf.stream().map(TeamId::value).toList()));
    return Outcome.accepted(changed.get());
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
                returning id, name, email, role, active
                """)
            .param("id", id.value())
            .param("active", active)
            .query(Agents::read)
            .optional();
    if (changed.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Expected an agent " + (active ? "who left" : "who works here") + "; look again.");
    }
    if (!active) {
      sessions.endAllOf(id);
    }
    append(id, active ? "agent.reactivated" : "agent.deactivated", by, Map.of());
    return Outcome.accepted(changed.get());
  }

  /// Locks the administrators first, so that two of them cannot remove each other at once.
  private boolean isLastAdministrator(AgentId id) {
    var administrators =
        database
            .sql(
                """
                select id
                from agent
                where role = 'ADMINISTRATOR' and active
                order by id
                for update
                """)
            .query(Long.class)
            .list();
    return administrators.equals(List.of(id.value()));
  }

  /// Writes what happened to an agent under the lock of their row, in the caller's transaction.
  void append(AgentId id, String kind, Actor by, Map<String, Object> data) {
    var revision =
        database
            .sql("update agent set revision = revision + 1 where id = :id returning revision")
            .param("id", id.value())
            .query(Long.class)
            .single();
    audit.append(id.subject(), revision, kind, by, data);
    active.changed();
  }

  static Agent read(ResultSet row, int number) throws SQLException {
    return new Agent(
        new AgentId(row.getLong("id")),
        row.getString("name"),
        row.getString("email"),
        Role.valueOf(row.getString("role")),
        row.getBoolean("active"));
  }

  static String notAnAddress(String text) {
    return "Expected an e-mail address such as ada@example.com, but found “" + text.strip() + "”.";
  }

  static final String NAME_EXPECTED = "Expected a name of 1 to 100 letters.";
  private static final String LAST_ADMINISTRATOR =
      "This is the last active administrator: make somebody else one first.";
}
