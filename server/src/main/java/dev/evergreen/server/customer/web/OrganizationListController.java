package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationSearch;
import dev.evergreen.server.customer.OrganizationSearch.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/// All organizations by name, or those that begin as typed.
@Controller
class OrganizationListController {
  private final OrganizationSearch search;

  OrganizationListController(OrganizationSearch search) {
    this.search = search;
  }

  @GetMapping("/organizations")
  String list(
      @May(Permission.SEE_CUSTOMERS) Agent agent,
      @RequestParam(name = "q", defaultValue = "") String query,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "0") long id,
      Model model) {
    var cursor =
        after.isEmpty() ? null : new Cursor(after.replace("\0", ""), new OrganizationId(id));
    var page = search.beginning(query, cursor);
    model.addAttribute("agent", agent);
    model.addAttribute("query", query);
    model.addAttribute("rows", page.rows());
    model.addAttribute("next", address(query, page.next()));
    return "customer/organizations";
  }

  private static @Nullable String address(String query, @Nullable Cursor next) {
    return next == null
        ? null
        : UriComponentsBuilder.fromPath("/organizations")
            .queryParam("q", "{q}")
            .queryParam("after", "{after}")
            .queryParam("id", next.id().value())
            .encode()
            .buildAndExpand(query, next.name())
            .toUriString();
  }
}
