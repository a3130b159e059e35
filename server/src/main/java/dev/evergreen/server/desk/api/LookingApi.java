package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.api.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.search.Found;
import dev.evergreen.server.ticket.search.Marked;
import dev.evergreen.server.ticket.search.TicketSearch;
import dev.evergreen.server.ticket.view.Audience;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.ticket.view.Views;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How tickets are found, for programs: the views there are, and search.
@RestController
class LookingApi {
  private static final int MOST_ROWS = 100;

  private final Views views;
  private final TicketSearch search;
  private final TicketFinder finder;
  private final DatabaseClock clock;

  LookingApi(Views views, TicketSearch search, TicketFinder finder, DatabaseClock clock) {
    this.views = views;
    this.search = search;
    this.finder = finder;
    this.clock = clock;
  }

  /// @param key what `view` of the tickets' list takes
  /// @param audience whose it is: `program`, `own`, `team` or `everybody`
  record ViewJson(String key, String name, String audience) {
    static ViewJson of(View view) {
      return new ViewJson(
          view.key(),
          view.name(),
          switch (view.audience()) {
            case Audience.Shipped _ -> "program";
            case Audience.Own _ -> "own";
            case Audience.OfTeam _ -> "team";
            case Audience.Everybody _ -> "everybody";
          });
    }
  }

  @Operation(
      summary = "The views that the agent has",
      description = "The tickets of one: /api/v1/tickets?view=KEY.",
      tags = "Tickets")
  @GetMapping("/api/v1/views")
  ApiPage<ViewJson> views(@Parameter(hidden = true) Agent agent) {
    return ApiPage.whole(
        Stream.concat(View.SHIPPED.stream(), views.of(agent).stream())
            .map(ViewJson::of)
            .distinct()
            .toList());
  }

  /// @param text where the words stand in what was said
  record HitJson(TicketJson ticket, String text) {}

  @Operation(
      summary = "Search tickets, the best first",
      description =
          "Words, “words in quotes”, and operators as on the page of the search, such as"
              + " status:open, from:amara, before:2026-11-01.",
      tags = "Tickets")
  @GetMapping("/api/v1/search")
  ApiPage<HitJson> search(
      @Parameter(description = "what is looked for") @RequestParam String q,
      @Parameter(description = "the next of the page before") @RequestParam(required = false)
          @Nullable String cursor,
      @Parameter(description = "how many at most: 1 to 100") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(hidden = true) Agent agent) {
    if (limit < 1 || limit > MOST_ROWS) {
      throw ApiRefusal.invalid(
          "Expected `limit` to be 1 to %d, but found %d.".formatted(MOST_ROWS, limit));
    }
    var after = Cursor.read(cursor, it -> it.at(0));
    var from = new Viewpoint(agent, clock.instant(), ZoneOffset.UTC);
    return search
        .find(q, after == null ? "" : after, limit, from)
        .fold(
            this::page,
            rejected -> {
              throw ApiRefusal.of(new Outcome.Rejected<>(rejected.reason(), rejected.detail()));
            });
  }

  private ApiPage<HitJson> page(Found found) {
    var next = found.next();
    return new ApiPage<>(
        found.hits().stream()
            .map(hit -> new HitJson(finder.json(hit.ticket()), words(hit.text())))
            .toList(),
        next == null ? null : Cursor.of(next).text());
  }

  private static String words(Marked text) {
    return text.pieces().stream().map(Marked.Piece::text).collect(Collectors.joining());
  }
}
