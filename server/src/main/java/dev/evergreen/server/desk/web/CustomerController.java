package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Tickets;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// A customer with everything they asked, as far as the reader may see it.
@Controller
final class CustomerController {

  private static final int MOST = 200;

  private final Customers customers;
  private final Tickets tickets;

  CustomerController(Customers customers, Tickets tickets) {
    this.customers = customers;
    this.tickets = tickets;
  }

  @GetMapping("/customers/{id}")
  String show(@PathVariable long id, Agent agent, Model model) {
    var customer = new CustomerId(id);
    model.addAttribute("agent", agent);
    model.addAttribute(
        "profile",
        customers
            .profile(customer)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    model.addAttribute(
        "tickets",
        tickets.visibleTo(agent).of(customer, MOST).stream().map(CustomerPanel.Other::of).toList());
    return "desk/customer_page";
  }
}
