package dev.evergreen.server.channel.web;

import dev.evergreen.server.channel.CustomerLanguages;
import dev.evergreen.server.channel.CustomerLinks;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.web.Reading;
import dev.evergreen.server.team.PublicPaths;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Merges;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

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
  private final CustomerLanguages languages;

  ConfirmationController(
      CustomerLinks links,
      Tickets tickets,
      Settlements settlements,
      Merges merges,
      Customers customers,
      CustomerLanguages languages) {
    this.links = links;
    this.tickets = tickets;
    this.settlements = settlements;
    this.merges = merges;
    this.customers = customers;
    this.languages = languages;
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
  String ask(
      @PathVariable String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(token, request);
    if (ticket.isEmpty()) {
      return gone(response);
    }
    model.addAttribute("ticket", ticket.get().id().value());
    model.addAttribute("token", token);
    return "channel/confirmation";
  }

  @PostMapping
  String answer(
      @PathVariable String token,
      @RequestParam Answer answer,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var found = ticket(token, request);
    if (found.isEmpty()) {
      return gone(response);
    }
    Ticket ticket = found.get();
    Customer customer = customers.withId(ticket.customer()).orElseThrow();
    switch (answer) {
      case YES -> settlements.confirmSolution(ticket.id(), customer.actor());
      case NO -> settlements.rejectSolution(ticket.id(), customer.actor());
    }
    model.addAttribute("ticket", ticket.id().value());
    model.addAttribute("solved", answer == Answer.YES);
    return "channel/confirmed";
  }

  private Optional<Ticket> ticket(String token, HttpServletRequest request) {
    var ticket = links.ticketOf(token).flatMap(tickets::withId).map(this::current);
    ticket
        .flatMap(known -> languages.of(known.id()))
        .ifPresent(language -> Reading.inLanguage(request, language));
    return ticket;
  }

  /// The ticket that it lives on in, when that is the same customer's.
  private Ticket current(Ticket ticket) {
    return tickets
        .withId(merges.current(ticket.id()))
        .filter(whole -> whole.customer().equals(ticket.customer()))
        .orElse(ticket);
  }

  /// The same whatever is wrong with the link, and nothing of the desk: customers read it.
  private static String gone(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return "channel/gone";
  }
}
