package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How rows of `ticket` become tickets.
public final class TicketRows {
  private TicketRows() {}

  public static Ticket ticket(ResultSet row, int number) throws SQLException {
    return new Ticket(
        new TicketId(row.getLong("id")),
        row.getString("subject"),
        new Ticket.Origin(new CustomerId(row.getLong("customer_id")), row.getString("channel")),
        new Ticket.State(
            Status.of(row.getString("status")),
            priority(row.getString("priority")),
            row.getString("category"),
            Solution.valueOf(row.getString("solution").toUpperCase(Locale.ROOT)),
            row.getString("outcome"),
            row.getInt("reopened"),
            sorted(row)),
        new Ticket.Assignment(team(row), agent(row)),
        new Ticket.Moments(
            at(row, "opened_at"),
            at(row, "updated_at"),
            maybeAt(row, "answered_at"),
            maybeAt(row, "closed_at"),
            maybeAt(row, "archived_at")),
        new Ticket.Beside(
            row.getInt("open_sides"), row.getInt("open_team_tasks"), row.getBoolean("has_beside")),
        row.getLong("revision"));
  }

  private static Sorted sorted(ResultSet row) throws SQLException {
    @Nullable Long status = row.getObject("status_id", Long.class);
    return new Sorted(
        constant(TicketType.class, row.getString("type")),
        constant(Severity.class, row.getString("severity")),
        status == null ? null : new StatusId(status),
        ids(row.getArray("tags")),
        FieldValues.of(row.getString("fields")),
        Objects.requireNonNullElse(row.getString("root_cause"), ""),
        new Sorted.PriorityReason(
            Objects.requireNonNullElse(row.getString("priority_reason"), ""),
            row.getBoolean("priority_by_person")));
  }

  static Priority priority(String key) {
    return Priority.valueOf(key.toUpperCase(Locale.ROOT));
  }

  static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String key) {
    return key == null ? null : Enum.valueOf(type, key.toUpperCase(Locale.ROOT));
  }

  private static List<Long> ids(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((Long[]) array.getArray());
  }

  public static Instant at(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  public static OffsetDateTime stored(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }

  private static @Nullable Instant maybeAt(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static @Nullable TeamId team(ResultSet row) throws SQLException {
    @Nullable Long id = row.getObject("team_id", Long.class);
    return id == null ? null : new TeamId(id);
  }

  private static @Nullable AgentId agent(ResultSet row) throws SQLException {
    @Nullable Long id = row.getObject("agent_id", Long.class);
    return id == null ? null : new AgentId(id);
  }
}
