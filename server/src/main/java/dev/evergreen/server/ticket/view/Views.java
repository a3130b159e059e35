package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.view.Audience.Everybody;
import dev.evergreen.server.ticket.view.Audience.OfTeam;
import dev.evergreen.server.ticket.view.Audience.Own;
import dev.evergreen.server.ticket.view.Audience.Shipped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The saved views. One is there for its owner, for the members of a team, or for everybody; who is
/// not meant cannot tell it from one that is not there. Each verb is one transaction with its entry
/// in the ledger.
@Component
public class Views {
  private static final int LONGEST_NAME = 60;
  private static final int MOST = 200;

  private static final String SEEN =
      """
      (agent_id is null and team_id is null
        or agent_id = :reader
        or team_id in (select team from membership where agent = :reader))
      """;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final DatabaseClock clock;
  private final Looks looks;

  Views(JdbcClient jdbc, Ledger ledger, DatabaseClock clock, Looks looks) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.looks = looks;
  }

  /// All views that are there for an agent: those that come with the program, then the saved ones,
  /// own before shared, each kind in its order.
  public List<View> of(Agent reader) {
    var saved =
        jdbc.sql(
                """
                select * from saved_view
                where %s
                order by agent_id nulls last, team_id nulls last, place, id
                limit :most
                """
                    .formatted(SEEN))
            .param("reader", reader.id().value())
            .param("most", MOST)
            .query(this::view)
            .list();
    return Stream.concat(View.SHIPPED.stream(), saved.stream()).toList();
  }

  public Optional<View> get(String key, Agent reader) {
    var shipped = View.shipped(key);
    if (shipped.isPresent() || !key.matches("\\d{1,18}")) {
      return shipped;
    }
    return jdbc.sql("select * from saved_view where id = :id and " + SEEN)
        .param("id", Long.parseLong(key))
        .param("reader", reader.id().value())
        .query(this::view)
        .optional();
  }

  /// The view in another order; as it is where there is no such one.
  public View ordered(View view, String order, boolean down) {
    return looks
        .order(order)
        .map(known -> view.with(view.terms().ordered(known, down)))
        .orElse(view);
  }

  /// Whether this person may give a view to others, or change one that others have too.
  public boolean mayChange(View view, Agent reader) {
    return mayGiveTo(view.audience(), reader);
  }

  /// A view of one's own is one's own business; a team's is its members', but for light
  /// collaborators; everybody's is the leads' and administrators'.
  public boolean mayGiveTo(Audience audience, Agent reader) {
    return switch (audience) {
      case Shipped _ -> false;
      case Own(AgentId owner) -> owner.equals(reader.id());
      case OfTeam(TeamId team) -> reader.may(Permission.PREPARE) && isMember(team, reader);
      case Everybody _ -> reader.may(Permission.SHARE);
    };
  }

  @Transactional
  public Outcome<View> make(String name, Audience audience, Terms terms, Agent by) {
    var refused = refusal(name, audience, terms, by);
    if (refused.isPresent()) {
      return Outcome.rejected(Reason.INVALID, refused.get());
    }
    var view =
        jdbc.sql(
                """
                insert into saved_view (
                  name, agent_id, team_id, place,
                  condition, ordered_by, descending, grouped_by, columns, made_at
                )
                values (
                  :name, cast(:agent as bigint), cast(:team as bigint),
                  (select coalesce(max(place), 0) + 1 from saved_view),
                  cast(:condition as jsonb), :orderedBy, :descending, :groupedBy, :columns, :now
                )
                returning *
                """)
            .params(parameters(name, audience, terms))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(this::view)
            .single();
    append(view, "view.made", by);
    return Outcome.accepted(view);
  }

  /// @param seen the revision that the person saw
  @Transactional
  public Outcome<View> change(
      View before, String name, Audience audience, Terms terms, long seen, Agent by) {
    if (!mayChange(before, by)) {
      return Outcome.rejected(Reason.UNKNOWN, "This view is not yours to change.");
    }
    var refused = refusal(name, audience, terms, by);
    if (refused.isPresent()) {
      return Outcome.rejected(Reason.INVALID, refused.get());
    }
    var changed =
        jdbc.sql(
                """
                update saved_view
                set
                  name = :name,
                  agent_id = cast(:agent as bigint),
                  team_id = cast(:team as bigint),
                  condition = cast(:condition as jsonb),
                  ordered_by = :orderedBy,
                  descending = :descending,
                  grouped_by = :groupedBy,
                  columns = :columns,
                  revision = revision + 1
                where id = :id and revision = :seen
                returning *
                """)
            .params(parameters(name, audience, terms))
            .param("id", Long.parseLong(before.key()))
            .param("seen", seen)
            .query(this::view)
            .optional();
    changed.ifPresent(view -> append(view, "view.changed", by));
    return changed
        .<Outcome<View>>map(Outcome::accepted)
        .orElseGet(() ->
            Outcome.rejected(
                Reason.OUTDATED,
                "Somebody changed this view since you opened it; look at it and try again."));
  }

  @Transactional
  public Outcome<View> remove(View view, Agent by) {
    if (!mayChange(view, by)) {
      return Outcome.rejected(Reason.UNKNOWN, "This view is not yours to remove.");
    }
    var removed =
        jdbc.sql("delete from saved_view where id = :id returning *")
            .param("id", Long.parseLong(view.key()))
            .query(this::view)
            .optional();
    removed.ifPresent(gone ->
        ledger.append(subject(gone), gone.revision() + 1, "view.removed", by.actor(), Map.of()));
    return Outcome.accepted(view);
  }

  /// Puts a view before or behind its neighbor of the same audience.
  @Transactional
  public Outcome<View> move(View view, boolean up, Agent by) {
    if (!mayChange(view, by)) {
      return Outcome.rejected(Reason.UNKNOWN, "This view is not yours to move.");
    }
    var peers = of(by).stream().filter(peer -> peer.audience().equals(view.audience())).toList();
    int here = peers.stream().map(View::key).toList().indexOf(view.key());
    int there = here + (up ? -1 : 1);
    if (here < 0 || there < 0 || there >= peers.size()) {
      return Outcome.accepted(view);
    }
    jdbc.sql(
            """
            update saved_view
            set place = other.place, revision = saved_view.revision + 1
            from saved_view as other
            where (saved_view.id = :one and other.id = :two)
              or (saved_view.id = :two and other.id = :one)
            """)
        .param("one", Long.parseLong(view.key()))
        .param("two", Long.parseLong(peers.get(there).key()))
        .update();
    append(get(view.key(), by).orElse(view), "view.moved", by);
    return Outcome.accepted(view);
  }

  private Optional<String> refusal(String name, Audience audience, Terms terms, Agent by) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      return Optional.of("Expected a name of 1 to " + LONGEST_NAME + " letters.");
    }
    if (!mayGiveTo(audience, by)) {
      return Optional.of(
          "Expected a view of your own, of a team of yours, or, from leads and administrators, for"
              + " everybody.");
    }
    return Conditions.problem(terms.condition());
  }

  private boolean isMember(TeamId team, Agent agent) {
    return jdbc.sql("select exists (select from membership where team = :team and agent = :agent)")
        .param("team", team.value())
        .param("agent", agent.id().value())
        .query(Boolean.class)
        .single();
  }

  private void append(View view, String kind, Agent by) {
    ledger.append(subject(view), view.revision(), kind, by.actor(), Map.of("name", view.name()));
  }

  private static Subject subject(View view) {
    return new Subject("view", Long.parseLong(view.key()));
  }

  private static Map<String, @Nullable Object> parameters(
      String name, Audience audience, Terms terms) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("name", name.strip());
    parameters.put("agent", audience instanceof Own(AgentId owner) ? owner.value() : null);
    parameters.put("team", audience instanceof OfTeam(TeamId team) ? team.value() : null);
    parameters.put("condition", Conditions.write(terms.condition()));
    parameters.put("orderedBy", terms.order().key());
    parameters.put("descending", terms.descending());
    parameters.put("groupedBy", terms.grouping().key());
    parameters.put("columns", terms.columns().stream().map(Column::key).toArray(String[]::new));
    return parameters;
  }

  private View view(ResultSet row, int number) throws SQLException {
    @Nullable Long agent = row.getObject("agent_id", Long.class);
    @Nullable Long team = row.getObject("team_id", Long.class);
    var columns = (String[]) row.getArray("columns").getArray();
    return new View(
        "" + row.getLong("id"),
        row.getString("name"),
        agent != null
            ? new Own(new AgentId(agent))
            : team != null ? new OfTeam(new TeamId(team)) : new Everybody(),
        new Terms(
            Conditions.read(row.getString("condition")),
            looks.order(row.getString("ordered_by")).orElse(Order.Usual.UPDATED),
            row.getBoolean("descending"),
            looks.grouping(row.getString("grouped_by")).orElse(Grouping.Usual.NONE),
            looks.columns(List.of(columns))),
        row.getLong("revision"));
  }
}
