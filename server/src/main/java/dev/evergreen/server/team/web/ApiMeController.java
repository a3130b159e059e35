package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.ApiToken;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/// Tells a program for whom it acts and what its token allows.
@RestController
class ApiMeController {
  private final Teams teams;

  ApiMeController(Teams teams) {
    this.teams = teams;
  }

  /// @param role the most that the token allows of the agent's own
  public record Me(
      long id, String name, String email, String role, List<String> teams, Bearer token) {}

  public record Bearer(String name, List<String> scopes, Instant expiresAt) {}

  @Operation(summary = "Whom the token acts for, and what it allows", tags = "Agents and teams")
  @GetMapping("/api/v1/me")
  Me show(
      @Parameter(hidden = true) Agent agent,
      @Parameter(hidden = true) @RequestAttribute(ApiTokenFilter.TOKEN) ApiToken token) {
    var scopes = token.scopes().stream().map(ApiMeController::word).sorted().toList();
    return new Me(
        agent.id().value(),
        agent.name(),
        agent.email(),
        agent.role().word(),
        teams.of(agent.id()).stream().map(Team::key).toList(),
        new Bearer(token.name(), scopes, token.expiresAt()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
