package dev.evergreen.server.desk.web.change;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.desk.web.Refusal;
import dev.evergreen.server.desk.web.Regions;
import dev.evergreen.server.desk.web.Screens;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.TicketId;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Changes a ticket from its page and answers with the way back: beside the sentence that says it
/// is done stands how to take it back. What changed in place is answered with its card alone.
@Component
final class Changing {
  private static final String BETWEEN = "\n";

  private final Desk desk;
  private final Screens screens;
  private final Regions regions;
  private final Submissions submissions;
  private final TicketChanges changes;

  Changing(
      Desk desk, Screens screens, Regions regions, Submissions submissions, TicketChanges changes) {
    this.desk = desk;
    this.screens = screens;
    this.regions = regions;
    this.submissions = submissions;
    this.changes = changes;
  }

  /// For a form that says which revision was seen: sent again, it is not done again.
  String once(TicketId ticket, Supplier<Outcome<Ticket>> verb, String done, Exchange exchange) {
    return answer(
        ticket,
        submissions.once(exchange.key(), () -> kept(ticket, verb, done, exchange)),
        exchange);
  }

  /// For setting a value, which may be done again.
  String anyTimes(TicketId ticket, Supplier<Outcome<Ticket>> verb, String done, Exchange exchange) {
    return answer(
        ticket, submissions.untilKnown(() -> kept(ticket, verb, done, exchange)), exchange);
  }

  private Outcome<String> kept(
      TicketId ticket, Supplier<Outcome<Ticket>> verb, String done, Exchange exchange) {
    return changes
        .keep(ticket, exchange.agent(), verb)
        .map(kept ->
            kept.change()
                .map(change -> done + BETWEEN + wayBack(ticket, change))
                .orElse("It was so already."));
  }

  private static String wayBack(TicketId ticket, long change) {
    return "/tickets/%d/changes/%d/undoing".formatted(ticket.value(), change);
  }

  private String answer(TicketId ticket, Outcome<String> outcome, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<String>(String said) -> {
        var parts = said.split(BETWEEN, 2);
        if (parts.length == 2) {
          Flash.say(exchange.request(), exchange.response(), parts[0], parts[1]);
        } else {
          Flash.say(exchange.request(), exchange.response(), said);
        }
        yield isInPlace(exchange)
            ? card(ticket, "", exchange)
            : "redirect:" + desk.afterwards(ticket, exchange.agent());
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) ->
          isInPlace(exchange)
              ? card(ticket, detail, exchange)
              : screens.refuse(
                  desk.ticket(ticket.value(), exchange.agent()),
                  reason,
                  new Refusal.OfChoice(detail),
                  exchange);
    };
  }

  private static boolean isInPlace(Exchange exchange) {
    return exchange.request().getHeader("HX-Request") != null;
  }

  /// The card as it is now. What was refused is said in it; the browser takes it with success only.
  private String card(TicketId ticket, String problem, Exchange exchange) {
    var agent = exchange.agent();
    exchange
        .model()
        .addAttribute("details", regions.details(desk.ticket(ticket.value(), agent), agent));
    exchange.model().addAttribute("problem", problem);
    return "desk/details";
  }
}
