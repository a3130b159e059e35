package dev.evergreen.server.desk.web.find;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.search.Found;
import dev.evergreen.server.ticket.search.SearchOperator;
import dev.evergreen.server.ticket.search.TicketSearch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Search over the tickets that its reader may see.
@Controller
final class SearchController {
  private final TicketSearch search;
  private final Desk desk;

  SearchController(TicketSearch search, Desk desk) {
    this.search = search;
    this.desk = desk;
  }

  @GetMapping("/search")
  String find(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String after,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var from = desk.from(agent, Page.zoneOf(request));
    model.addAttribute("agent", agent).addAttribute("operators", SearchOperator.values());
    switch (search.find(q, after, Desk.ROWS, from)) {
      case Outcome.Accepted<Found>(var found) ->
          model.addAttribute("search", new SearchPage(q, found, next(q, found), ""));
      case Outcome.Rejected<Found>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        model.addAttribute("search", new SearchPage(q, SearchPage.NOTHING, "", detail));
      }
    }
    return "desk/search";
  }

  private static String next(String q, Found found) {
    return found.next() == null
        ? ""
        : "/search?q=" + encoded(q) + "&after=" + encoded(found.next());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
