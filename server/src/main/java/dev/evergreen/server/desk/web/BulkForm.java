package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.bulk.BulkChange;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.Macros;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The form that says what is to be done to many tickets: what it offers, and what was sent.
@Component
public final class BulkForm {
  private final Tickets tickets;
  private final Teams teams;
  private final Agents agents;
  private final Statuses statuses;
  private final Codes codes;
  private final Macros macros;

  BulkForm(
      Tickets tickets, Teams teams, Agents agents, Statuses statuses, Codes codes, Macros macros) {
    this.tickets = tickets;
    this.teams = teams;
    this.agents = agents;
    this.statuses = statuses;
    this.codes = codes;
    this.macros = macros;
  }

  /// What can be chosen.
  ///
  /// @param statuses those that tickets can be put into without being closed
  public record Offer(
      List<Team> teams,
      List<Agent> agents,
      List<TicketStatus> statuses,
      List<Code> categories,
      List<Code> outcomes,
      List<Macro> macros) {
    public Offer {
      teams = List.copyOf(teams);
      agents = List.copyOf(agents);
      statuses = List.copyOf(statuses);
      categories = List.copyOf(categories);
      outcomes = List.copyOf(outcomes);
      macros = List.copyOf(macros);
    }
  }

  Offer offer(Agent agent) {
    return new Offer(
        teams.all(),
        agents.active(),
        underWay(),
        inUse(Code.List.CATEGORY),
        inUse(Code.List.OUTCOME),
        macros.visibleTo(agent));
  }

  private List<Code> inUse(Code.List list) {
    return codes.of(list).stream().filter(code -> !code.retired()).toList();
  }

  /// Those that tickets can be put into without being closed.
  private List<TicketStatus> underWay() {
    return statuses.all().offered().stream()
        .filter(status -> status.category() != Status.CLOSED)
        .toList();
  }

  /// What was sent, as a change.
  Outcome<BulkChange> read(Map<String, String> sent, Agent agent) {
    var what = sent.getOrDefault("change", "");
    return switch (what) {
      case "priority" ->
          Priority.of(sent.getOrDefault("priority", "")).map(BulkChange.Prioritize::new);
      case "category" ->
          Outcome.accepted(new BulkChange.Categorize(sent.getOrDefault("category", "").strip()));
      case "status" -> status(sent.getOrDefault("status", ""), outcome(sent));
      case "tag" ->
          tag(sent.getOrDefault("tag", "").strip(), sent.getOrDefault("untag", "").strip());
      case "macro" -> macro(sent.getOrDefault("macro", ""), agent);
      case "merge" -> merge(sent.getOrDefault("into", "").strip(), agent);
      case "close" -> Outcome.accepted(new BulkChange.Close(outcome(sent)));
      case "assign" ->
          assign(
              sent.getOrDefault("team", BulkChange.LEAVE),
              sent.getOrDefault("agent", BulkChange.LEAVE));
      default ->
          Outcome.rejected(
              Outcome.Reason.INVALID,
              "Expected assign, priority, category, status, tag, macro, merge or close, but found “"
                  + what
                  + "”.");
    };
  }

  private Outcome<BulkChange> status(String number, String outcome) {
    return underWay().stream()
        .filter(status -> number.equals("" + status.id().value()))
        .findFirst()
        .<Outcome<BulkChange>>map(status ->
            Outcome.accepted(
                new BulkChange.SetStatus(
                    status.id().value(),
                    status.name(),
                    status.category() == Status.SOLVED ? outcome : "")))
        .orElseGet(
            () -> Outcome.rejected(Outcome.Reason.INVALID, "Expected a status that there is."));
  }

  private static Outcome<BulkChange> tag(String add, String remove) {
    return add.isEmpty() && remove.isEmpty()
        ? Outcome.rejected(Outcome.Reason.INVALID, "Expected a tag to put on or to take off.")
        : Outcome.accepted(new BulkChange.Tag(add, remove));
  }

  private Outcome<BulkChange> macro(String number, Agent agent) {
    return Optional.of(number)
        .filter(BulkForm::isNumber)
        .flatMap(id -> macros.visibleTo(agent, Long.parseLong(id)))
        .<Outcome<BulkChange>>map(macro ->
            Outcome.accepted(
                new BulkChange.UseMacro(macro.id(), macro.name(), !macro.text().isBlank())))
        .orElseGet(
            () -> Outcome.rejected(Outcome.Reason.INVALID, "Expected a macro that there is."));
  }

  private Outcome<BulkChange> merge(String typed, Agent agent) {
    return Optional.of(typed.replaceFirst("^#", ""))
        .filter(BulkForm::isNumber)
        .map(number -> new TicketId(Long.parseLong(number)))
        .filter(target -> tickets.visibleTo(agent).get(target).isPresent())
        .<Outcome<BulkChange>>map(target -> Outcome.accepted(new BulkChange.MergeInto(target)))
        .orElseGet(() ->
            Outcome.rejected(
                Outcome.Reason.INVALID,
                "Expected the number of the ticket to merge into, but found “" + typed + "”."));
  }

  private static String outcome(Map<String, String> sent) {
    var outcome = sent.getOrDefault("outcome", "").strip();
    return outcome.isEmpty() ? "resolved" : outcome;
  }

  private Outcome<BulkChange> assign(String team, String agent) {
    boolean teamKnown =
        !isNumber(team) || teams.withId(new TeamId(Long.parseLong(team))).isPresent();
    boolean agentKnown =
        !isNumber(agent)
            || agents.withId(new AgentId(Long.parseLong(agent))).filter(Agent::active).isPresent();
    return teamKnown && agentKnown && isChoice(team) && isChoice(agent)
        ? Outcome.accepted(new BulkChange.Assign(team, agent))
        : Outcome.rejected(Outcome.Reason.INVALID, "Expected a team and an agent that there are.");
  }

  private static boolean isChoice(String value) {
    return value.equals(BulkChange.LEAVE) || value.equals(BulkChange.NOBODY) || isNumber(value);
  }

  private static boolean isNumber(String value) {
    return value.matches("\\d{1,18}");
  }
}
