package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.CustomerLinks;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.team.PublicPaths;
import dev.evergreen.server.ticket.Merges;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The page behind the link in our mails: is it solved? Looking changes nothing, because mail
/// scanners look too; only the answer does. It shows the ticket's number and no word of it.
@Controller
@RequestMapping("/s/{token}")
class ConfirmationController implements PublicPaths {
  private final CustomerLinks links;
  private final Tickets tickets;
  private final Settlements settlements;
  private final Merges merges;
  private final Customers customers;

  ConfirmationController(
      CustomerLinks links,
      Tickets tickets,
      Settlements settlements,
      Merges merges,
      Customers customers) {
    this.links = links;
    this.tickets = tickets;
    this.settlements = settlements;
    this.merges = merges;
    this.customers = customers;
  }

  enum Answer {
    YES,
    NO
  }

  @Override
  public List<String> patterns() {
    return List.of("/s/*");
  }

  @Override
  public List<String> customersOwn() {
    return List.of("/s/");
  }

  @GetMapping
  String ask(@PathVariable String token, Model model) {
    model.addAttribute("ticket", ticket(token).id().value());
    model.addAttribute("token", token);
    return "channel/confirmation";
  }

  @PostMapping
  String answer(@PathVariable String token, @RequestParam Answer answer, Model model) {
    Ticket ticket = ticket(token);
    Customer customer = customers.withId(ticket.customer()).orElseThrow();
    switch (answer) {
      case YES -> settlements.confirmSolution(ticket.id(), customer.actor());
      case NO -> settlements.rejectSolution(ticket.id(), customer.actor());
    }
    model.addAttribute("ticket", ticket.id().value());
    model.addAttribute("solved", answer == Answer.YES);
    return "channel/confirmed";
  }

  private Ticket ticket(String token) {
    return links
        .ticketOf(token)
        .flatMap(tickets::withId)
        .map(this::current)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /// The ticket that it lives on in, when that is the same customer's.
  private Ticket current(Ticket ticket) {
    return tickets
        .withId(merges.current(ticket.id()))
        .filter(whole -> whole.customer().equals(ticket.customer()))
        .orElse(ticket);
  }
}
