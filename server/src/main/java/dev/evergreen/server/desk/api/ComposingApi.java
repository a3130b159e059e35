package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.composing.CannedResponse;
import dev.evergreen.server.ticket.composing.CannedResponses;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.ticket.composing.MacroNames;
import dev.evergreen.server.ticket.composing.Macros;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What agents take while they write, for programs: canned responses, and the macros they have.
@RestController
class ComposingApi {
  private final CannedResponses responses;
  private final Macros macros;
  private final MacroNames names;
  private final ApiCalls calls;

  ComposingApi(CannedResponses responses, Macros macros, MacroNames names, ApiCalls calls) {
    this.responses = responses;
    this.macros = macros;
    this.names = names;
    this.calls = calls;
  }

  /// @param text in Liquid
  record CannedJson(long id, String name, String text, long revision) {
    static CannedJson of(CannedResponse response) {
      return new CannedJson(response.id(), response.name(), response.text(), response.revision());
    }
  }

  @Operation(summary = "The canned responses", tags = "Composing")
  @GetMapping("/api/v1/canned-responses")
  ApiPage<CannedJson> all(@Parameter(hidden = true) @May(Permission.ANSWER) Agent agent) {
    return ApiPage.whole(responses.all().stream().map(CannedJson::of).toList());
  }

  /// @param revision the one that the caller has seen, when it is changed; else left out
  record NewCannedJson(String name, String text, @Nullable Long revision) {}

  @Operation(summary = "Add a canned response", tags = "Composing")
  @PostMapping("/api/v1/canned-responses")
  @ResponseStatus(HttpStatus.CREATED)
  CannedJson add(
      @RequestBody NewCannedJson body,
      @Parameter(hidden = true) @May(Permission.PREPARE) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        Callers.call(request, agent),
        body,
        CannedJson.class,
        () -> responses.add(body.name(), body.text(), agent.actor()).map(CannedJson::of));
  }

  @Operation(summary = "Change a canned response", tags = "Composing")
  @PutMapping("/api/v1/canned-responses/{id}")
  CannedJson change(
      @PathVariable long id,
      @RequestBody NewCannedJson body,
      @Parameter(hidden = true) @May(Permission.PREPARE) Agent agent,
      HttpServletRequest request) {
    long seen = body.revision() == null ? 0 : body.revision();
    return calls.once(
        Callers.call(request, agent),
        body,
        CannedJson.class,
        () ->
            responses
                .change(new CannedResponse(id, body.name(), body.text(), seen), agent.actor())
                .map(CannedJson::of));
  }

  @Operation(summary = "Remove a canned response", tags = "Composing")
  @DeleteMapping("/api/v1/canned-responses/{id}")
  CannedJson remove(
      @PathVariable long id,
      @RequestParam long revision,
      @Parameter(hidden = true) @May(Permission.PREPARE) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        Callers.call(request, agent),
        id,
        CannedJson.class,
        () -> responses.remove(id, revision, agent.actor()).map(CannedJson::of));
  }

  /// @param audience whose it is: `own`, `team` or `everybody`
  /// @param effects what it does beside writing, in words
  record MacroJson(long id, String name, String audience, String text, String effects) {}

  @Operation(summary = "The macros that the agent has", tags = "Composing")
  @GetMapping("/api/v1/macros")
  ApiPage<MacroJson> macros(@Parameter(hidden = true) @May(Permission.ANSWER) Agent agent) {
    var called = names.all();
    return ApiPage.whole(
        macros.visibleTo(agent).stream().map(macro -> json(macro, called)).toList());
  }

  private static MacroJson json(Macro macro, MacroEffects.Names called) {
    return new MacroJson(
        macro.id(),
        macro.name(),
        switch (macro.scope()) {
          case Macro.Scope.Own _ -> "own";
          case Macro.Scope.OfTeam _ -> "team";
          case Macro.Scope.All _ -> "everybody";
        },
        macro.text(),
        macro.effects().words(called));
  }
}
