package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Who has the ticket and how it is sorted, each changed where it stands.
public record Details(
    Ticket ticket, List<Choice> teams, List<Choice> agents, Offered offered, Agent reader) {

  static Details of(Ticket ticket, Colleagues colleagues, Offered offered, Agent reader) {
    return new Details(
        ticket,
        choices(
            "No team",
            colleagues.teams().stream()
                .map(team -> new Choice("" + team.id().value(), team.name()))
                .toList()),
        choices(
            "Nobody yet",
            colleagues.agents().stream()
                .map(one -> new Choice("" + one.id().value(), one.name()))
                .toList()),
        offered,
        reader);
  }

  private static List<Choice> choices(String none, List<Choice> some) {
    return Stream.concat(Stream.of(new Choice("", none)), some.stream()).toList();
  }

  public long number() {
    return ticket.id().value();
  }

  public long revision() {
    return ticket.revision();
  }

  public String live() {
    return ticket.id().subject().toString();
  }

  public String team() {
    var team = ticket.assignment().team();
    return team == null ? "" : "" + team.value();
  }

  public String agent() {
    var agent = ticket.assignment().agent();
    return agent == null ? "" : "" + agent.value();
  }

  public String me() {
    return "" + reader.id().value();
  }

  /// Whether the reader may write on it at all, if only notes.
  public boolean mayWrite() {
    return ticket.isFor(reader, Permission.NOTE) || ticket.isFor(reader, Permission.ANSWER);
  }

  public boolean mayAssign() {
    return ticket.isFor(reader, Permission.ASSIGN);
  }

  public boolean maySort() {
    return ticket.isFor(reader, Permission.SORT);
  }

  public boolean mayTake() {
    return !me().equals(agent()) && !ticket.isClosed() && mayAssign();
  }

  public String priority() {
    return ticket.state().priority().key();
  }

  public List<Choice> priorities() {
    return Arrays.stream(Priority.values()).map(p -> new Choice(p.key(), p.key())).toList();
  }

  public String category() {
    return ticket.state().category();
  }

  public List<Choice> categories() {
    var known =
        offered.categories().stream().map(one -> new Choice(one.key(), one.name())).toList();
    return choices(
        "Not sorted yet",
        category().isEmpty() || known.stream().anyMatch(one -> one.value().equals(category()))
            ? known
            : Stream.concat(known.stream(), Stream.of(new Choice(category(), category())))
                .toList());
  }

  public String type() {
    var type = ticket.state().sorted().type();
    return type == null ? "" : type.key();
  }

  /// What nobody has said can be said; once said it can only become something else.
  public List<Choice> types() {
    var types =
        Arrays.stream(TicketType.values()).map(one -> new Choice(one.key(), one.key())).toList();
    return type().isEmpty() ? choices("Not sorted yet", types) : types;
  }

  public String severity() {
    var severity = ticket.state().sorted().severity();
    return severity == null ? "" : severity.key();
  }

  public List<Choice> severities() {
    var severities =
        Arrays.stream(Severity.values()).map(one -> new Choice(one.key(), one.key())).toList();
    return severity().isEmpty() ? choices("Not said yet", severities) : severities;
  }

  public String priorityReason() {
    return ticket.state().sorted().priorityReason().text();
  }

  public String rootCause() {
    return ticket.state().sorted().rootCause();
  }

  /// Problems have a cause to be found, and so has whatever was settled.
  public boolean asksForCause() {
    return !rootCause().isEmpty()
        || ticket.state().sorted().type() == TicketType.PROBLEM
        || ticket.state().sorted().type() == TicketType.INCIDENT;
  }
}
