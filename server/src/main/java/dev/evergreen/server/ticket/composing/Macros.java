package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Macros: everybody's, those of one's teams, and one's own. A person keeps up their own; what
/// others have too is kept up by leads and administrators.
@Component
public class Macros {
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TEXT = 20_000;
  private static final int LONGEST_EFFECTS = 2_000;

  /// Those that exist for an agent.
  private static final String VISIBLE =
      """
      (agent_id = :agent
        or team_id in (select team from membership where agent = :agent)
        or (agent_id is null and team_id is null)
        or (agent_id is null and :leads))
      """;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final TicketTexts texts;

  Macros(JdbcClient jdbc, Ledger ledger, TicketTexts texts) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.texts = texts;
  }

  public List<Macro> visibleTo(Agent agent) {
    return jdbc.sql(
            """
            select * from macro
            where %s
            order by lower(name), id
            """
                .formatted(VISIBLE))
        .param("agent", agent.id().value())
        .param("leads", leads(agent))
        .query(Macros::read)
        .list();
  }

  public Optional<Macro> visibleTo(Agent agent, long id) {
    return jdbc.sql(
            """
            select * from macro
            where id = :id and %s
            """
                .formatted(VISIBLE))
        .param("id", id)
        .param("agent", agent.id().value())
        .param("leads", leads(agent))
        .query(Macros::read)
        .optional();
  }

  /// Whether an agent may change a macro of this scope.
  public boolean mayKeep(Agent agent, Macro.Scope scope) {
    return scope instanceof Macro.Scope.Own(AgentId owner)
        ? owner.equals(agent.id())
        : leads(agent);
  }

  private static boolean leads(Agent agent) {
    return agent.may(Permission.SHARE);
  }

  @Transactional
  public Outcome<Macro> add(Macro wanted, Agent by) {
    var objection = objection(wanted, by);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    return recorded(
        jdbc.sql(
                """
                insert into macro (name, agent_id, team_id, text, effects)
                values (:name, :agent, :team, :text, :effects)
                returning *
                """)
            .params(parameters(wanted))
            .query(Macros::read)
            .single(),
        "macro.added",
        by);
  }

  @Transactional
  public Outcome<Macro> change(Macro wanted, Agent by) {
    var objection = objection(wanted, by);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    if (visibleTo(by, wanted.id()).filter(kept -> mayKeep(by, kept.scope())).isEmpty()) {
      return outdated();
    }
    return jdbc.sql(
            """
            update macro
            set
              name = :name,
              agent_id = :agent,
              team_id = :team,
              text = :text,
              effects = :effects,
              revision = revision + 1
            where id = :id and revision = :revision
            returning *
            """)
        .params(parameters(wanted))
        .param("id", wanted.id())
        .param("revision", wanted.revision())
        .query(Macros::read)
        .optional()
        .map(changed -> recorded(changed, "macro.changed", by))
        .orElseGet(Macros::outdated);
  }

  @Transactional
  public Outcome<Macro> remove(long id, long revision, Agent by) {
    if (visibleTo(by, id).filter(kept -> mayKeep(by, kept.scope())).isEmpty()) {
      return outdated();
    }
    return jdbc.sql("delete from macro where id = :id and revision = :revision returning *")
        .param("id", id)
        .param("revision", revision)
        .query(Macros::read)
        .optional()
        .map(removed -> recorded(removed, "macro.removed", by))
        .orElseGet(Macros::outdated);
  }

  private Optional<String> objection(Macro wanted, Agent by) {
    var name = wanted.name().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.contains("\0")) {
      return Optional.of("Expected a name of 1 to " + LONGEST_NAME + " letters.");
    }
    if (wanted.text().length() > LONGEST_TEXT || wanted.text().contains("\0")) {
      return Optional.of("Expected a text of at most 20,000 letters.");
    }
    if (wanted.text().isBlank() && wanted.effects().isNothing()) {
      return Optional.of("Expected a text, or something that the macro does; found neither.");
    }
    if (wanted.effects().encoded().length() > LONGEST_EFFECTS) {
      return Optional.of("Expected a macro that does less: this is more than can be kept.");
    }
    if (!mayKeep(by, wanted.scope())) {
      return Optional.of("Macros that others have too are kept up by leads and administrators.");
    }
    return texts.objection(wanted.text());
  }

  private static Map<String, @Nullable Object> parameters(Macro macro) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("name", macro.name().strip());
    parameters.put(
        "agent", macro.scope() instanceof Macro.Scope.Own(AgentId agent) ? agent.value() : null);
    parameters.put(
        "team", macro.scope() instanceof Macro.Scope.OfTeam(TeamId team) ? team.value() : null);
    parameters.put("text", macro.text().strip());
    parameters.put("effects", macro.effects().encoded());
    return parameters;
  }

  private Outcome<Macro> recorded(Macro macro, String kind, Agent by) {
    ledger.append(
        new Subject("macro", macro.id()),
        macro.revision(),
        kind,
        by.actor(),
        Map.of("name", macro.name()));
    return Outcome.accepted(macro);
  }

  private static Outcome<Macro> outdated() {
    return Outcome.rejected(
        Reason.OUTDATED, "Somebody changed or removed this macro meanwhile; look at it again.");
  }

  private static Macro read(ResultSet row, int number) throws SQLException {
    Long agent = row.getObject("agent_id", Long.class);
    Long team = row.getObject("team_id", Long.class);
    Macro.Scope scope =
        agent != null
            ? new Macro.Scope.Own(new AgentId(agent))
            : team != null ? new Macro.Scope.OfTeam(new TeamId(team)) : new Macro.Scope.All();
    return new Macro(
        row.getLong("id"),
        row.getString("name"),
        scope,
        row.getString("text"),
        MacroEffects.decoded(row.getString("effects")),
        row.getLong("revision"));
  }
}
