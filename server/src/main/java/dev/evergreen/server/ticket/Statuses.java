package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Setting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The statuses that a team named, and which of them a ticket has. One is retired, never deleted:
/// tickets that have it keep it.
@Component
public class Statuses {
  /// Whether a ticket can only be solved by hand with an outcome.
  public static final Setting<Boolean> OUTCOME_WHEN_SOLVING =
      Setting.flag("ticket.outcome-when-solving", false);

  public static final List<String> COLORS = List.of("blue", "green", "amber", "red", "gray");
  private static final int LONGEST_NAME = 40;

  private final JdbcClient jdbc;
  private final Setup setup;
  private final TicketWriting writing;
  private final Settlements settlements;
  private final SettlingRules rules;
  private final DatabaseClock clock;
  private final Kept<Named> named;

  Statuses(
      JdbcClient jdbc,
      Setup setup,
      TicketWriting writing,
      Settlements settlements,
      SettlingRules rules,
      DatabaseClock clock) {
    this.jdbc = jdbc;
    this.setup = setup;
    this.writing = writing;
    this.settlements = settlements;
    this.rules = rules;
    this.clock = clock;
    this.named = setup.kept(this::stored);
  }

  /// All, retired ones too, in the team's order.
  public Named all() {
    return named.get();
  }

  private Named stored() {
    return new Named(
        jdbc.sql("select * from ticket_status order by position, id").query(Statuses::read).list());
  }

  /// The statuses as they are now, to name those of many tickets.
  public record Named(List<TicketStatus> statuses) {
    public Named {
      statuses = List.copyOf(statuses);
    }

    /// The one a ticket has: its own while that is of its category, else the category's first.
    public TicketStatus of(Ticket ticket) {
      var category = ticket.state().status();
      return statuses.stream()
          .filter(status -> status.category() == category)
          .filter(status -> status.id().equals(ticket.state().sorted().status()))
          .findFirst()
          .orElseGet(() -> initialOf(category));
    }

    public TicketStatus initialOf(Status category) {
      return statuses.stream()
          .filter(status -> status.category() == category && status.initial())
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException(
                  "expected an initial status of " + category.key() + ", but found none"));
    }

    /// What can be chosen.
    public List<TicketStatus> offered() {
      return statuses.stream().filter(status -> !status.retired()).toList();
    }
  }

  /// Puts a ticket into a status. Into one that settles it, fields asked for then must be filled;
  /// closing needs an outcome.
  ///
  /// @param outcome why it is settled; empty when nobody said
  /// @param seen the revision the person saw; null when the latest decides
  @Transactional
  public Outcome<Ticket> set(
      TicketId id, StatusId wanted, String outcome, @Nullable Long seen, Actor by) {
    var all = all();
    var status =
        all.offered().stream().filter(one -> one.id().equals(wanted)).findFirst().orElse(null);
    if (status == null) {
      return Outcome.rejected(
          Reason.UNKNOWN, "Expected a status that tickets can have, but found none.");
    }
    var objection = rules.toStatus(writing.locked(id), status, outcome, Set.of(), by);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    return writing.whenSeen(
        id,
        seen,
        before -> {
          var from = all.of(before);
          if (from.id().equals(status.id())) {
            return before;
          }
          return moved(settledOrOpen(before, status, outcome, by), from, status, outcome, by);
        });
  }

  /// What closes or reopens does so as anywhere else.
  private Ticket settledOrOpen(Ticket before, TicketStatus status, String outcome, Actor by) {
    if (status.category() == Status.CLOSED && !before.isClosed()) {
      return settlements.close(before.id(), outcome, null, by).expected();
    }
    if (status.category() != Status.CLOSED && before.isClosed()) {
      return settlements.reopen(before.id(), null, by).expected();
    }
    return before;
  }

  private Ticket moved(
      Ticket ticket, TicketStatus from, TicketStatus to, String outcome, Actor by) {
    var after =
        writing.update(
            """
            update ticket
            set
              status = :category,
              status_id = :status,
              outcome = case when :outcome <> '' then :outcome else outcome end,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            ticket.id(),
            parameters(
                "category", to.category().key(),
                "status", to.id().value(),
                "outcome", outcome,
                "at", TicketRows.stored(clock.instant())));
    var data = new HashMap<String, Object>();
    data.put("status", to.category().key().replace('_', '-'));
    data.put("name", to.name());
    data.put("before", from.name());
    if (!outcome.isEmpty()) {
      data.put("outcome", outcome);
    }
    writing.append(
        after,
        to.category() == Status.SOLVED ? "ticket.solved" : "ticket.status-changed",
        by,
        data);
    return after;
  }

  @Transactional
  public Outcome<TicketStatus> add(Status category, String name, String color, Actor by) {
    setup.lock();
    var problem = problem(name, color);
    if (problem != null) {
      return problem;
    }
    return jdbc.sql(
            """
            insert into ticket_status (category, name, color, position)
            select :category, :name, :color, coalesce(max(position), 0) + 1 from ticket_status
            on conflict (name) do nothing
            returning *
            """)
        .param("category", category.key())
        .param("name", name.strip())
        .param("color", color)
        .query(Statuses::read)
        .optional()
        .map(added -> recorded(added, "ticket-status.added", by))
        .orElseGet(() -> taken(name));
  }

  /// Gives a status another name, color and place; its category stays.
  @Transactional
  public Outcome<TicketStatus> change(
      StatusId id, String name, String color, int position, Actor by) {
    setup.lock();
    var problem = problem(name, color);
    if (problem != null) {
      return problem;
    }
    if (jdbc.sql("select exists (select from ticket_status where name = :name and id <> :id)")
        .param("name", name.strip())
        .param("id", id.value())
        .query((row, _) -> row.getBoolean(1))
        .single()) {
      return taken(name);
    }
    return jdbc.sql(
            """
            update ticket_status set name = :name, color = :color, position = :position
            where id = :id
            returning *
            """)
        .param("id", id.value())
        .param("name", name.strip())
        .param("color", color)
        .param("position", position)
        .query(Statuses::read)
        .optional()
        .map(changed -> recorded(changed, "ticket-status.changed", by))
        .orElseGet(Statuses::unknown);
  }

  /// Makes it what tickets get that come into its category without a choice.
  @Transactional
  public Outcome<TicketStatus> makeInitial(StatusId id, Actor by) {
    setup.lock();
    jdbc.sql(
            """
            update ticket_status set initial = false
            where initial
              and category = (
                select category from ticket_status where id = :id and retired_at is null)
            """)
        .param("id", id.value())
        .update();
    return jdbc.sql(
            """
            update ticket_status set initial = true
            where id = :id and retired_at is null
            returning *
            """)
        .param("id", id.value())
        .query(Statuses::read)
        .optional()
        .map(changed -> recorded(changed, "ticket-status.changed", by))
        .orElseGet(Statuses::unknown);
  }

  /// No ticket can be put into it any more, or again. The first of a category stays.
  @Transactional
  public Outcome<TicketStatus> retire(StatusId id, boolean retired, Actor by) {
    setup.lock();
    return jdbc.sql(
            """
            update ticket_status
            set retired_at = case when :retired then cast(:now as timestamptz) end
            where id = :id and not initial
            returning *
            """)
        .param("id", id.value())
        .param("retired", retired)
        .param("now", TicketRows.stored(clock.instant()))
        .query(Statuses::read)
        .optional()
        .map(changed ->
            recorded(changed, retired ? "ticket-status.retired" : "ticket-status.restored", by))
        .orElseGet(() ->
            Outcome.rejected(
                Reason.INVALID,
                "Expected a status that is not the first of its category; make another one the"
                    + " first before."));
  }

  private static @Nullable Outcome<TicketStatus> problem(String name, String color) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME || name.contains("\0")) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a name of 1 to 40 letters, but found “" + name.strip() + "”.");
    }
    return Set.copyOf(COLORS).contains(color)
        ? null
        : Outcome.rejected(
            Reason.INVALID,
            "Expected a color (" + String.join(", ", COLORS) + "), but found '" + color + "'.");
  }

  private Outcome<TicketStatus> recorded(TicketStatus status, String kind, Actor by) {
    setup.record(kind, by, Map.of("name", status.name()));
    return Outcome.accepted(status);
  }

  private static Outcome<TicketStatus> taken(String name) {
    return Outcome.rejected(Reason.TAKEN, "There is already a status “" + name.strip() + "”.");
  }

  private static Outcome<TicketStatus> unknown() {
    return Outcome.rejected(Reason.UNKNOWN, "There is no such status, or it is retired.");
  }

  private static TicketStatus read(ResultSet row, int number) throws SQLException {
    return new TicketStatus(
        new StatusId(row.getLong("id")),
        Status.of(row.getString("category")),
        row.getString("name"),
        row.getString("color"),
        row.getInt("position"),
        row.getBoolean("initial"),
        row.getObject("retired_at") != null);
  }
}
