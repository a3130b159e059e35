package dev.evergreen.server.desk.web.opening;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerSearch;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// A ticket that an agent opens by hand. Light collaborators help on tickets of others, so for them
/// there is no such page.
@Controller
final class OpeningController {

  private static final int OFFERED = 8;

  private final Openings openings;
  private final Customers customers;
  private final CustomerSearch search;
  private final Submissions submissions;

  OpeningController(
      Openings openings, Customers customers, CustomerSearch search, Submissions submissions) {
    this.openings = openings;
    this.customers = customers;
    this.search = search;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/new")
  String form(
      @RequestParam(required = false) @Nullable Long customer,
      @May(Permission.OPEN) Agent agent,
      Model model) {
    var known = customer == null ? null : customers.withId(new CustomerId(customer)).orElse(null);
    return page(
        known == null ? Opening.of("", "") : Opening.of(known.address(), known.name()),
        agent,
        model);
  }

  /// Customers whose name or address begins as typed, for the field of the address.
  @GetMapping("/tickets/new/customers")
  String offered(
      @RequestParam(defaultValue = "") String address,
      @May(Permission.OPEN) Agent agent,
      Model model) {
    var rows = search.beginning(address, null).rows();
    model.addAttribute(
        "rows",
        address.isBlank() || !agent.may(Permission.SEE_CUSTOMERS)
            ? rows.subList(0, 0)
            : rows.stream().limit(OFFERED).toList());
    return "desk/offered_customers";
  }

  /// Open tickets of this customer that may be about the same, for the form while it is filled in.
  @GetMapping("/tickets/new/alike")
  String alike(
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "") String subject,
      @May(Permission.OPEN) Agent agent,
      Model model) {
    model.addAttribute("alike", openings.alike(address, subject, agent));
    return "desk/alike";
  }

  @PostMapping("/tickets")
  String open(
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String channel,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "false") boolean mine,
      @May(Permission.OPEN) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var typed = new Opening(address, name, channel, subject, text, mine, "");
    var opened =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () -> openings.open(typed, agent).map(ticket -> "" + ticket.id().value()));
    return switch (opened) {
      case Outcome.Accepted<String>(String number) -> {
        Flash.say(request, response, "Opened as #" + number + ".");
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(typed.refused(detail), agent, model);
      }
    };
  }

  private static String page(Opening opening, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("opening", opening);
    return "desk/opening";
  }
}
