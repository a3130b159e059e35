package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TypedChanges;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What programs may do with a ticket: sort it, give it to somebody, close it, open it again. Each
/// is what a button of the desk does.
@RestController
class TicketVerbApi {
  private final TicketFinder finder;
  private final Sorting sorting;
  private final Codes codes;
  private final Assignments assignments;
  private final Settlements settlements;
  private final Teams teams;
  private final Agents agents;
  private final ApiCalls calls;

  TicketVerbApi(
      TicketFinder finder,
      Sorting sorting,
      Codes codes,
      Assignments assignments,
      Settlements settlements,
      Teams teams,
      Agents agents,
      ApiCalls calls) {
    this.finder = finder;
    this.sorting = sorting;
    this.codes = codes;
    this.assignments = assignments;
    this.settlements = settlements;
    this.teams = teams;
    this.agents = agents;
    this.calls = calls;
  }

  @Operation(
      summary = "Sort a ticket",
      description =
          "What is left out stays. Priority: low, normal, high or urgent; type: question, incident,"
              + " problem, request or feedback; severity: minor, major or critical; category: a key"
              + " of the team's list.",
      tags = "Tickets")
  @PatchMapping("/api/v1/tickets/{number}")
  TicketJson sort(
      @PathVariable long number,
      @RequestBody TypedChanges body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return once(
        finder.find(number, agent, Permission.SORT).id(),
        body,
        agent,
        request,
        id ->
            body.read(finder.find(number, agent), codes)
                .map(changes -> sorting.update(id, changes, agent.actor())));
  }

  /// Who is to have it.
  ///
  /// @param team the team's key; null for no team
  /// @param agent the agent's id; null for nobody
  /// @param revision the revision of the ticket that the caller has seen: two who take it at once
  ///   do not both get it; null when the latest decides
  record AssignmentJson(@Nullable String team, @Nullable Long agent, @Nullable Long revision) {}

  @Operation(summary = "Give a ticket to a team, an agent, both or nobody", tags = "Tickets")
  @PutMapping("/api/v1/tickets/{number}/assignment")
  TicketJson assign(
      @PathVariable long number,
      @RequestBody AssignmentJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var team = team(body.team());
    var to = agent(body.agent());
    return once(
        finder.find(number, agent, Permission.ASSIGN).id(),
        body,
        agent,
        request,
        id -> assignments.assign(id, team, to, body.revision(), agent.actor()));
  }

  /// @param outcome why nothing more is to be done: `resolved`, `silent`, …
  /// @param revision as for an assignment
  record ClosingJson(String outcome, @Nullable Long revision) {}

  @Operation(summary = "Close a ticket", tags = "Tickets")
  @PostMapping("/api/v1/tickets/{number}/closing")
  TicketJson close(
      @PathVariable long number,
      @RequestBody ClosingJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return once(
        finder.find(number, agent, Permission.CLOSE).id(),
        body,
        agent,
        request,
        id -> settlements.close(id, body.outcome(), body.revision(), agent.actor()));
  }

  /// @param revision as for an assignment
  record ReopeningJson(@Nullable Long revision) {}

  @Operation(summary = "Open a closed ticket again", tags = "Tickets")
  @PostMapping("/api/v1/tickets/{number}/reopening")
  TicketJson reopen(
      @PathVariable long number,
      @RequestBody ReopeningJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return once(
        finder.find(number, agent, Permission.CLOSE).id(),
        body,
        agent,
        request,
        id -> settlements.reopen(id, body.revision(), agent.actor()));
  }

  private TicketJson once(
      TicketId id,
      Object body,
      Agent agent,
      HttpServletRequest request,
      Function<TicketId, Outcome<Ticket>> verb) {
    return calls.once(
        Callers.call(request, agent),
        body,
        TicketJson.class,
        () -> verb.apply(id).map(finder::json));
  }

  private @Nullable TeamId team(@Nullable String key) {
    return key == null
        ? null
        : teams
            .withKey(key)
            .orElseThrow(() ->
                ApiRefusal.invalid(
                    "Expected `team` to be the key of a team, but found “%s”.".formatted(key)))
            .id();
  }

  private @Nullable AgentId agent(@Nullable Long id) {
    return id == null
        ? null
        : agents
            .withId(new AgentId(id))
            .orElseThrow(() ->
                ApiRefusal.invalid(
                    "Expected `agent` to be the id of an agent, but found %d.".formatted(id)))
            .id();
  }
}
