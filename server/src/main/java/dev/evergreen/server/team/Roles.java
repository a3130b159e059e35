package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The roles: the four that come with the program and never change, and those of one's own, which
/// administrators make of named permissions. Whoever has a role may what it says from the moment of
/// its change: what an agent may is read with them.
@Component
public class Roles {
  /// The word by which a role of one's own allows to administer.
  static final String ADMINISTER =
      Role.words(Map.of(Permission.ADMINISTER, Reach.EVERYWHERE)).getFirst();

  private static final int LONGEST_NAME = 60;

  private final JdbcClient database;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Agents agents;

  Roles(JdbcClient database, AuditTrail audit, InstantSource clock, Agents agents) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.agents = agents;
  }

  /// A role of one's own as administrators see it.
  ///
  /// @param holders how many who work here have it
  public record Own(Role role, long revision, boolean retired, int holders) {}

  /// What somebody wants of a role.
  public record Wanted(String name, Map<Permission, Reach> grants) {
    public Wanted {
      grants = Map.copyOf(grants);
    }

    /// As a form sends it: a word for each cell, `close@own`. What no role can say says nothing.
    public static Wanted of(String name, List<String> words, List<Team> teams) {
      return new Wanted(
          name, Role.grants(words.stream().filter(word -> isPossible(word, teams)).toList()));
    }

    private static boolean isPossible(String word, List<Team> teams) {
      return Stream.of(Permission.values())
          .anyMatch(permission ->
              word.equals(Role.word(permission, Reach.EVERYWHERE_WORD))
                  || (permission.isPlaced()
                      && (word.equals(Role.word(permission, Reach.OWN_WORD))
                          || teams.stream()
                              .anyMatch(team ->
                                  word.equals(Role.word(permission, "" + team.id().value()))))));
    }
  }

  /// Those that can be given, the shipped ones first.
  public List<Role> offered() {
    return Stream.concat(
            Role.SHIPPED.stream(), own().stream().filter(one -> !one.retired()).map(Own::role))
        .toList();
  }

  /// The one of that key, also a retired one.
  public Optional<Role> withKey(String key) {
    return Role.shipped(key)
        .or(() -> own().stream().map(Own::role).filter(role -> role.key().equals(key)).findAny());
  }

  /// Those of one's own, by name; what is retired comes last.
  public List<Own> own() {
    return database
        .sql(
            """
            select
              cast(null as text) as role,
              role.id as own_role,
              role.name as own_role_name,
              role.grants,
              role.revision,
              role.retired_at is not null as retired,
              (select count(*) from agent where agent.own_role = role.id and agent.active)
                as holders
            from role
            order by role.retired_at is not null, lower(role.name), role.id
            """)
        .query((row, _) ->
            new Own(
                read(row),
                row.getLong("revision"),
                row.getBoolean("retired"),
                row.getInt("holders")))
        .list();
  }

  /// How many who work here have each of the shipped roles, by its key.
  public Map<String, Integer> holders() {
    return Map.copyOf(
        database
            .sql(
                """
                select role, count(*) as holders
                from agent
                where active and role is not null
                group by role
                """)
            .query((row, _) -> Map.entry(row.getString("role"), row.getInt("holders")))
            .list()
            .stream()
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Transactional
  public Outcome<Role> make(Wanted wanted, Actor by) {
    var wrong = objection(wanted, 0);
    if (wrong.isPresent()) {
      return Outcome.rejected(Reason.INVALID, wrong.get());
    }
    var id =
        database
            .sql(
                """
                insert into role (name, grants, made_at)
                values (:name, :grants, :now)
                returning id
                """)
            .param("name", wanted.name().strip())
            .param("grants", words(wanted))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query((row, _) -> row.getLong("id"))
            .single();
    record(id, 0, "role.made", wanted, by);
    return Outcome.accepted(new Role("" + id, wanted.name().strip(), wanted.grants()));
  }

  /// Everybody who has it may the new from now on, and no more.
  @Transactional
  public Outcome<Role> change(long id, long seen, Wanted wanted, Actor by) {
    var wrong = objection(wanted, id);
    if (wrong.isPresent()) {
      return Outcome.rejected(Reason.INVALID, wrong.get());
    }
    if (!wanted.grants().containsKey(Permission.ADMINISTER) && !agents.isAdministeredWithout(id)) {
      return Outcome.rejected(
          Reason.INVALID,
          "Nobody else could administer then: give another person a role that may, first.");
    }
    var changed =
        database
            .sql(
                """
                update role set name = :name, grants = :grants, revision = revision + 1
                where id = :id and revision = :seen
                """)
            .param("id", id)
            .param("seen", seen)
            .param("name", wanted.name().strip())
            .param("grants", words(wanted))
            .update();
    if (changed == 0) {
      return Outcome.rejected(Reason.OUTDATED, OUTDATED);
    }
    record(id, seen + 1, "role.changed", wanted, by);
    agents.changed();
    return Outcome.accepted(new Role("" + id, wanted.name().strip(), wanted.grants()));
  }

  /// Nobody is given it any more, or it can be given again. Who has it keeps it.
  @Transactional
  public Outcome<Role> retire(long id, long seen, boolean retired, Actor by) {
    var role = withKey("" + id).filter(one -> !one.isShipped());
    if (role.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no role " + id + ".");
    }
    var wanted = new Wanted(role.get().label(), role.get().grants());
    if (!retired && isTaken(wanted.name(), id)) {
      return Outcome.rejected(Reason.TAKEN, taken(wanted.name()));
    }
    var changed =
        database
            .sql(
                """
                update role set
                  retired_at = case when :retired then cast(:now as timestamptz) end,
                  revision = revision + 1
                where id = :id and revision = :seen
                """)
            .param("id", id)
            .param("seen", seen)
            .param("retired", retired)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (changed == 0) {
      return Outcome.rejected(Reason.OUTDATED, OUTDATED);
    }
    record(id, seen + 1, retired ? "role.retired" : "role.restored", wanted, by);
    return Outcome.accepted(role.get());
  }

  private Optional<String> objection(Wanted wanted, long id) {
    var name = wanted.name().strip();
    var grants = wanted.grants();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return Optional.of("Expected a name of 1 to %d letters.".formatted(LONGEST_NAME));
    }
    if (isTaken(name, id)) {
      return Optional.of(taken(name));
    }
    var sees = grants.getOrDefault(Permission.SEE, Reach.NOWHERE);
    if (sees.isNowhere() && grants.keySet().stream().anyMatch(Permission::isPlaced)) {
      return Optional.of(
          "Expected “%s” for some tickets: without it, nothing can be done with them."
              .formatted(Permission.SEE.label()));
    }
    if (grants.containsKey(Permission.EDIT_CUSTOMERS)
        && !grants.containsKey(Permission.SEE_CUSTOMERS)) {
      return Optional.of(
          "Expected “%s”: without it, nobody can be edited."
              .formatted(Permission.SEE_CUSTOMERS.label()));
    }
    return grants.keySet().stream()
        .filter(one -> one.showsAllTickets() && !sees.everywhere())
        .findFirst()
        .map(one ->
            "Expected “%s” for all tickets: “%s” shows something of every one."
                .formatted(Permission.SEE.label(), one.label()));
  }

  private boolean isTaken(String name, long id) {
    return Role.SHIPPED.stream().anyMatch(role -> role.label().equalsIgnoreCase(name))
        || own().stream()
            .filter(one -> !one.retired() && !one.role().key().equals("" + id))
            .anyMatch(one -> one.role().label().equalsIgnoreCase(name));
  }

  private static String taken(String name) {
    return "There already is a role “" + name.strip() + "”.";
  }

  private static String[] words(Wanted wanted) {
    return Role.words(wanted.grants()).toArray(String[]::new);
  }

  private void record(long id, long revision, String kind, Wanted wanted, Actor by) {
    audit.append(
        new Subject("role", id),
        revision,
        kind,
        by,
        Map.of("called", wanted.name().strip(), "grants", Role.words(wanted.grants())));
  }

  /// Reads the role of a row of `agent_in_role`.
  static Role read(ResultSet row) throws SQLException {
    var shipped = row.getString("role");
    return shipped == null
        ? new Role(
            row.getString("own_role"),
            row.getString("own_role_name"),
            Role.grants(List.of((String[]) row.getArray("grants").getArray())))
        : Role.shipped(shipped).orElseThrow();
  }

  private static final String OUTDATED = "Somebody changed this role meanwhile; look again.";
}
