package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.bulk.BulkChange;
import dev.evergreen.server.ticket.bulk.BulkChanges;
import dev.evergreen.server.ticket.bulk.BulkProgress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The same change of many tickets, for programs: asked for at once, done in the background,
/// followed, and taken back.
@RestController
class BulkApi {
  private final BulkChanges changes;
  private final Teams teams;
  private final Agents agents;
  private final ApiCalls calls;

  BulkApi(BulkChanges changes, Teams teams, Agents agents, ApiCalls calls) {
    this.changes = changes;
    this.teams = teams;
    this.agents = agents;
    this.calls = calls;
  }

  /// @param revision as the caller has seen it: a ticket that has changed since is left alone
  record SeenJson(long number, long revision) {}

  /// One of `priority`, `category`, `outcome`, or `team` and `agent`.
  ///
  /// @param outcome closes the tickets with it
  /// @param team the key of a team, or `none`
  /// @param agent the id of an agent, or `none`
  record NewBulkJson(
      List<SeenJson> tickets,
      @Nullable String priority,
      @Nullable String category,
      @Nullable String outcome,
      @Nullable String team,
      @Nullable String agent) {
    NewBulkJson {
      tickets = List.copyOf(tickets);
    }
  }

  /// @param state `going`, `done`, `undoing` or `undone`
  record BulkJson(
      long id, String change, String state, NumbersJson tickets, List<SkippedJson> skipped) {
    static BulkJson of(BulkProgress progress) {
      var numbers = progress.numbers();
      return new BulkJson(
          progress.id(),
          progress.words(),
          progress.state().name().toLowerCase(Locale.ROOT),
          new NumbersJson(
              numbers.total(),
              numbers.waiting(),
              numbers.changed(),
              numbers.skipped(),
              numbers.restored()),
          progress.skipped().stream()
              .map(one -> new SkippedJson(one.ticket().value(), one.reason()))
              .toList());
    }
  }

  record NumbersJson(int total, int waiting, int changed, int skipped, int restored) {}

  record SkippedJson(long ticket, String reason) {}

  @Operation(summary = "Change many tickets in the same way", tags = "Bulk")
  @PostMapping("/api/v1/bulk")
  @ResponseStatus(HttpStatus.ACCEPTED)
  BulkJson begin(
      @RequestBody NewBulkJson body,
      @Parameter(hidden = true) @May(Permission.BULK) Agent agent,
      HttpServletRequest request) {
    var seen = new LinkedHashMap<TicketId, Long>();
    body.tickets().forEach(one -> seen.put(new TicketId(one.number()), one.revision()));
    long id =
        calls.once(
            Callers.call(request, agent),
            body,
            Long.class,
            () -> change(body).then(change -> changes.begin(change, seen, agent)));
    return json(id, agent);
  }

  @Operation(summary = "How far a change of many tickets is", tags = "Bulk")
  @GetMapping("/api/v1/bulk/{id}")
  BulkJson show(@PathVariable long id, @Parameter(hidden = true) Agent agent) {
    return json(id, agent);
  }

  @Operation(summary = "Take a change of many tickets back", tags = "Bulk")
  @PostMapping("/api/v1/bulk/{id}/undoing")
  BulkJson undo(
      @PathVariable long id, @Parameter(hidden = true) Agent agent, HttpServletRequest request) {
    json(id, agent);
    calls.once(Callers.call(request, agent), id, Long.class, () -> changes.undo(id, agent));
    return json(id, agent);
  }

  private BulkJson json(long id, Agent agent) {
    return changes
        .progress(id, agent)
        .map(BulkJson::of)
        .orElseThrow(() -> ApiRefusal.unknown("bulk change " + id));
  }

  private Outcome<BulkChange> change(NewBulkJson body) {
    if (body.priority() != null) {
      return Priority.of(body.priority()).map(BulkChange.Prioritize::new);
    }
    if (body.category() != null) {
      return Outcome.accepted(new BulkChange.Categorize(body.category()));
    }
    if (body.outcome() != null) {
      return Outcome.accepted(new BulkChange.Close(body.outcome()));
    }
    var team = team(body.team());
    var agent = agent(body.agent());
    return team == null || agent == null || (team.isEmpty() && agent.isEmpty())
        ? Outcome.rejected(
            Reason.INVALID,
            "Expected `priority`, `category`, `outcome`, or a `team` or an `agent` that there is.")
        : Outcome.accepted(new BulkChange.Assign(team, agent));
  }

  /// Null when there is no such team.
  private @Nullable String team(@Nullable String key) {
    return key == null
        ? BulkChange.LEAVE
        : key.equals(BulkChange.NOBODY)
            ? BulkChange.NOBODY
            : teams.withKey(key).map(team -> "" + team.id().value()).orElse(null);
  }

  private @Nullable String agent(@Nullable String id) {
    if (id == null || id.equals(BulkChange.NOBODY)) {
      return id == null ? BulkChange.LEAVE : id;
    }
    return id.matches("\\d{1,18}")
            && agents.withId(new AgentId(Long.parseLong(id))).filter(Agent::active).isPresent()
        ? id
        : null;
  }
}
