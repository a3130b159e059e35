package dev.evergreen.server.ticket.view;

import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.view.Condition.All;
import dev.evergreen.server.ticket.view.Condition.Any;
import dev.evergreen.server.ticket.view.Condition.Comparison;
import dev.evergreen.server.ticket.view.Condition.None;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of one ticket whether a condition means it, by plain Java: what the SQL is compared with.
record Meant(Viewpoint from, Set<TeamId> ownTeams) {

  /// A ticket with what stands elsewhere about it.
  record Whole(Ticket ticket, String customer, @Nullable String organization) {}

  boolean by(Condition condition, Whole whole) {
    return switch (condition) {
      case All(var parts) -> parts.stream().allMatch(part -> by(part, whole));
      case Any(var parts) -> parts.stream().anyMatch(part -> by(part, whole));
      case None(var parts) -> parts.stream().noneMatch(part -> by(part, whole));
      case Comparison one -> compares(one, value(one.field(), whole));
    };
  }

  private boolean compares(Comparison one, @Nullable Object value) {
    boolean empty = value == null || value.equals("");
    return switch (one.operator()) {
      case EMPTY -> empty;
      case NOT_EMPTY -> !empty;
      case IS -> value != null && one.values().stream().anyMatch(given -> is(one, given, value));
      case IS_NOT ->
          value == null || one.values().stream().noneMatch(given -> is(one, given, value));
      case CONTAINS -> value != null && lower(value).contains(lower(one.values().getFirst()));
      case OLDER -> value instanceof Instant at && at.isBefore(ago(one));
      case NEWER -> value instanceof Instant at && !at.isBefore(ago(one));
      case BEFORE -> value instanceof Instant at && at.isBefore(day(one));
      case AFTER -> value instanceof Instant at && !at.isBefore(day(one));
      case AT_LEAST -> value instanceof Long number && number >= given(one);
      case AT_MOST -> value instanceof Long number && number <= given(one);
    };
  }

  private boolean is(Comparison one, String given, Object value) {
    return switch (one.field().kind()) {
      case AGENT -> value.equals(given.equals("me") ? from.agent().id().value() : number(given));
      case TEAM ->
          given.equals("mine")
              ? ownTeams.contains(new TeamId((Long) value))
              : value.equals(number(given));
      case NUMBER, REFERENCE -> value.equals(number(given));
      case CHOICE, TEXT, TAG, TIME, AMOUNT, DAY -> value.equals(given);
    };
  }

  private static Long number(String given) {
    return Long.valueOf(given);
  }

  private static long given(Comparison one) {
    return number(one.values().getFirst());
  }

  private Instant ago(Comparison one) {
    return from.now().minus(Span.of(one.values().getFirst()).orElseThrow().length());
  }

  private Instant day(Comparison one) {
    return LocalDate.parse(one.values().getFirst()).atStartOfDay(from.zone()).toInstant();
  }

  private static String lower(Object value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String key(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Object value(Field field, Whole whole) {
    var ticket = whole.ticket();
    var team = ticket.assignment().team();
    var agent = ticket.assignment().agent();
    return switch (field.key()) {
      case "status" -> ticket.state().status().key();
      case "priority" -> ticket.state().priority().key();
      case "category" -> ticket.state().category();
      case "team" -> team == null ? null : team.value();
      case "agent" -> agent == null ? null : agent.value();
      case "channel" -> ticket.origin().channel();
      case "subject" -> ticket.subject();
      case "opened" -> ticket.moments().openedAt();
      case "updated" -> ticket.moments().updatedAt();
      case "answered" -> ticket.moments().answeredAt();
      case "closed" -> ticket.moments().closedAt();
      case "outcome" -> ticket.state().outcome();
      case "solution" -> ticket.state().solution().key();
      case "attachment", "archived", "aside" -> "no";
      case "type" -> key(ticket.state().sorted().type());
      case "severity" -> key(ticket.state().sorted().severity());
      case "own_status", "tag" -> null;
      case "root_cause" -> ticket.state().sorted().rootCause();
      case "reopened" -> (long) ticket.state().reopened();
      case "customer" -> whole.customer();
      case "customer_id" -> ticket.customer().value();
      case "organization" -> whole.organization();
      default -> throw new IllegalStateException("expected a field, but found " + field.key());
    };
  }
}
