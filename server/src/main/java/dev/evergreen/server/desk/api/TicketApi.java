package dev.evergreen.server.desk.api;

import dev.evergreen.server.desk.web.opening.Opening;
import dev.evergreen.server.desk.web.opening.Openings;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.api.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.view.Terms;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPage;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.ticket.view.Views;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Tickets for programs: in lists, one by one, and new ones.
@RestController
class TicketApi {
  private static final int MOST_ROWS = 200;

  private final Lists lists;
  private final TicketFinder finder;
  private final Openings openings;
  private final ApiCalls calls;

  /// What lists are read through.
  @Component
  record Lists(Views views, ViewPages pages, DatabaseClock clock) {}

  TicketApi(Lists lists, TicketFinder finder, Openings openings, ApiCalls calls) {
    this.lists = lists;
    this.finder = finder;
    this.openings = openings;
    this.calls = calls;
  }

  @Operation(summary = "Tickets of a view, those that changed last first", tags = "Tickets")
  @GetMapping("/api/v1/tickets")
  ApiPage<TicketJson> list(
      @Parameter(description = "mine, unassigned, all, closed, or the number of a saved one")
          @RequestParam(defaultValue = "all")
          String view,
      @Parameter(description = "the next of the page before") @RequestParam(required = false)
          @Nullable String cursor,
      @Parameter(description = "how many at most: 1 to 200") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(hidden = true) Agent agent) {
    if (limit < 1 || limit > MOST_ROWS) {
      throw ApiRefusal.invalid(
          "Expected `limit` to be 1 to %d, but found %d.".formatted(MOST_ROWS, limit));
    }
    var after =
        Cursor.read(cursor, it -> new ViewPage.Cursor(it.instant(0).toString(), it.number(1), ""));
    var terms = Terms.of(view(view, agent).terms().condition());
    var from = new Viewpoint(agent, lists.clock().instant(), ZoneOffset.UTC);
    var page = lists.pages().page(terms, after, limit, from);
    var next = page.next();
    return new ApiPage<>(
        finder.json(page.rows()),
        next == null ? null : Cursor.of(next.key(), next.ticket()).text());
  }

  @Operation(summary = "A ticket", tags = "Tickets")
  @GetMapping("/api/v1/tickets/{number}")
  TicketJson show(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    return finder.json(finder.find(number, agent));
  }

  /// What an agent types in for somebody they talk with.
  ///
  /// @param address the customer's e-mail address; whoever is not known by it becomes a customer
  /// @param name the customer's name, if they are new
  /// @param channel `phone`, `chat` or `in_person`
  /// @param text what the customer said
  /// @param mine whether it is given to the agent that the token acts for
  record NewTicketJson(
      String address,
      @Nullable String name,
      String channel,
      String subject,
      String text,
      boolean mine) {}

  @Operation(
      summary = "Open a ticket for somebody one talks with",
      description = "With an Idempotency-Key, a call sent twice opens one ticket.",
      tags = "Tickets")
  @PostMapping("/api/v1/tickets")
  ResponseEntity<TicketJson> open(
      @RequestBody NewTicketJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    if (!agent.may(Permission.OPEN)) {
      throw ApiRefusal.forbidden("Your role opens no tickets; it helps on those of others.");
    }
    var name = body.name();
    var typed =
        new Opening(
            body.address(),
            name == null ? "" : name,
            body.channel(),
            body.subject(),
            body.text(),
            body.mine(),
            "");
    var opened =
        calls.once(
            Callers.call(request, agent),
            body,
            TicketJson.class,
            () -> openings.open(typed, agent).map(finder::json));
    return ResponseEntity.created(URI.create("/api/v1/tickets/" + opened.number())).body(opened);
  }

  /// A view that comes with the program by its word, a saved one by its number.
  private View view(String name, Agent agent) {
    return lists
        .views()
        .get(name, agent)
        .orElseThrow(() ->
            ApiRefusal.invalid(
                "Expected `view` to be one of %s, but found “%s”."
                    .formatted(
                        View.SHIPPED.stream().map(View::key).collect(Collectors.joining(", ")),
                        name)));
  }
}
