package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.ShownField;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.view.Column;
import dev.evergreen.server.ticket.view.Grouping;
import dev.evergreen.server.ticket.view.ViewPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What columns and the headings of groups say of a ticket.
record Cells(Colleagues colleagues, Statuses.Named statuses) {

  /// What the columns say, in their order.
  List<TicketList.Row.Cell> of(ViewPage.Row row, List<Column> columns) {
    var own = row.own().iterator();
    return columns.stream()
        .map(column ->
            switch (column) {
              case Column.Usual usual -> of(row.ticket(), usual);
              case Column.Own(var field) -> words(column, own(field, own.next()));
            })
        .toList();
  }

  private static String own(OwnField field, String value) {
    return field.kind() == FieldKind.MONEY && !value.isEmpty()
        ? ShownField.amount(field, value)
        : value;
  }

  private TicketList.Row.Cell of(Ticket ticket, Column.Usual column) {
    return switch (column) {
      case NUMBER -> words(column, "#" + ticket.id().value());
      case STATUS -> words(column, statuses.of(ticket).name());
      case PRIORITY -> words(column, ticket.state().priority().key());
      case CATEGORY -> words(column, ticket.state().category());
      case TEAM -> words(column, team(ticket));
      case AGENT -> words(column, agent(ticket));
      case CHANNEL -> words(column, ticket.origin().channel().replace('_', ' '));
      case OPENED -> time(column, ticket.moments().openedAt());
      case UPDATED -> time(column, ticket.moments().updatedAt());
      case ANSWERED -> time(column, ticket.moments().answeredAt());
    };
  }

  String group(ViewPage.Row row, Grouping grouping) {
    return switch (grouping) {
      case Grouping.Usual usual -> group(row.ticket(), usual);
      case Grouping.Own(var field) ->
          row.group().isEmpty() ? field.label() + ": not said" : row.group();
    };
  }

  private String group(Ticket ticket, Grouping.Usual grouping) {
    return switch (grouping) {
      case NONE -> "";
      case STATUS -> ticket.state().status().words();
      case PRIORITY -> ticket.state().priority().key();
      case CATEGORY ->
          ticket.state().category().isEmpty() ? "Not sorted yet" : ticket.state().category();
      case TEAM -> ticket.assignment().team() == null ? "No team" : team(ticket);
      case AGENT -> ticket.assignment().agent() == null ? "Nobody yet" : agent(ticket);
    };
  }

  private String team(Ticket ticket) {
    var team = ticket.assignment().team();
    return team == null ? "" : colleagues.team(team.value());
  }

  private String agent(Ticket ticket) {
    var agent = ticket.assignment().agent();
    return agent == null ? "" : colleagues.agent(agent.value());
  }

  private static TicketList.Row.Cell words(Column column, String text) {
    return new TicketList.Row.Cell(column.label(), text, null);
  }

  private static TicketList.Row.Cell time(Column column, @Nullable Instant at) {
    return new TicketList.Row.Cell(column.label(), "", at);
  }
}
