package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerPage.Cursor;
import dev.evergreen.server.customer.CustomerSearch;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/// All customers by name, or those that begin as typed.
@Controller
class CustomerListController {
  private final CustomerSearch search;

  CustomerListController(CustomerSearch search) {
    this.search = search;
  }

  @GetMapping("/customers")
  String list(
      @May(Permission.SEE_CUSTOMERS) Agent agent,
      @RequestParam(name = "q", defaultValue = "") String query,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "0") long id,
      Model model) {
    var cursor = after.isEmpty() ? null : new Cursor(after.replace("\0", ""), new CustomerId(id));
    var page = search.beginning(query, cursor);
    model.addAttribute("agent", agent);
    model.addAttribute("query", query);
    model.addAttribute("rows", page.rows());
    model.addAttribute("next", address(query, page.next()));
    return "customer/list";
  }

  private static @Nullable String address(String query, @Nullable Cursor next) {
    return next == null
        ? null
        : UriComponentsBuilder.fromPath("/customers")
            .queryParam("q", "{q}")
            .queryParam("after", "{after}")
            .queryParam("id", next.id().value())
            .encode()
            .buildAndExpand(query, next.name())
            .toUriString();
  }
}
