package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Organization;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What agents keep up about a customer. Done leads back to the profile; refused shows the regions
/// of the profile again, with the reason and with what was typed.
@Controller
@RequestMapping("/customers/{id}")
class CustomerUpkeepController {
  private final Customers customers;
  private final Organizations organizations;

  CustomerUpkeepController(Customers customers, Organizations organizations) {
    this.customers = customers;
    this.organizations = organizations;
  }

  private record Exchange(
      CustomerId id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {}

  @PostMapping("/name")
  String rename(
      @PathVariable long id,
      Agent agent,
      @RequestParam String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        customers.rename(new CustomerId(id), name, agent.actor()),
        "Renamed.",
        name,
        new Exchange(new CustomerId(id), agent, request, response, model));
  }

  @PostMapping("/addresses")
  String addAddress(
      @PathVariable long id,
      Agent agent,
      @RequestParam String address,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        customers.addAddress(new CustomerId(id), address, agent.actor()),
        "Mail from this address is recognized from now on.",
        address,
        new Exchange(new CustomerId(id), agent, request, response, model));
  }

  @PostMapping("/addresses/removal")
  String removeAddress(
      @PathVariable long id,
      Agent agent,
      @RequestParam String address,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        customers.removeAddress(new CustomerId(id), address, agent.actor()),
        "Removed.",
        "",
        new Exchange(new CustomerId(id), agent, request, response, model));
  }

  @PostMapping("/note")
  String describe(
      @PathVariable long id,
      Agent agent,
      @RequestParam String note,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        customers.describe(new CustomerId(id), note, revision, agent.actor()),
        "Noted.",
        note,
        new Exchange(new CustomerId(id), agent, request, response, model));
  }

  @PostMapping("/organization")
  String renameOrganization(
      @PathVariable long id,
      Agent agent,
      @RequestParam String organization,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var belongsTo = profile(new CustomerId(id)).organization();
    if (belongsTo == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    Outcome<Organization> outcome =
        organizations.rename(belongsTo.id(), organization, agent.actor());
    return answer(
        outcome,
        "Renamed.",
        organization,
        new Exchange(new CustomerId(id), agent, request, response, model));
  }

  private String answer(Outcome<?> outcome, String done, String typed, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<?> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/customers/" + exchange.id().value();
      }
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        exchange.model().addAttribute("agent", exchange.agent());
        exchange.model().addAttribute("profile", profile(exchange.id()));
        exchange.model().addAttribute("refusal", detail);
        exchange.model().addAttribute("typed", typed);
        yield "customer/refused";
      }
    };
  }

  private Profile profile(CustomerId id) {
    return customers
        .profile(id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
