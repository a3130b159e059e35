package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Ticket;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Who has the ticket and how it is sorted, each changed where it stands.
public record Details(Ticket ticket, List<Choice> teams, List<Choice> agents, Agent reader) {

  private static final List<Choice> CATEGORIES =
      Stream.of("", "simple", "technical", "product", "pricing", "refund", "feedback")
          .map(key -> new Choice(key, key.isEmpty() ? "Not sorted yet" : key))
          .toList();

  static Details of(Ticket ticket, List<Team> teams, List<Agent> agents, Agent reader) {
    return new Details(
        ticket,
        choices(
            "No team",
            teams.stream().map(team -> new Choice("" + team.id().value(), team.name())).toList()),
        choices(
            "Nobody yet",
            agents.stream().map(one -> new Choice("" + one.id().value(), one.name())).toList()),
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

  public boolean mayTake() {
    return !me().equals(agent()) && !ticket.isClosed();
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
    return CATEGORIES.stream().anyMatch(known -> known.value().equals(category()))
        ? CATEGORIES
        : Stream.concat(CATEGORIES.stream(), Stream.of(new Choice(category(), category())))
            .toList();
  }
}
