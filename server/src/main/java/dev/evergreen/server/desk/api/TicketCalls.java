package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// What programs do to a ticket that exists for whoever they act for: done once, and answered with
/// the ticket as it is then.
@Component
final class TicketCalls {
  private final TicketFinder finder;
  private final ApiCalls calls;

  TicketCalls(TicketFinder finder, ApiCalls calls) {
    this.finder = finder;
    this.calls = calls;
  }

  /// The ticket of that number, and what is to be done with it.
  record Wanted(long number, Permission permission) {}

  TicketJson once(
      Wanted wanted,
      Object body,
      Agent agent,
      HttpServletRequest request,
      Function<Ticket, ? extends Outcome<?>> verb) {
    long number = wanted.number();
    var ticket = finder.find(number, agent, wanted.permission());
    return calls.once(
        Callers.call(request, agent),
        body,
        TicketJson.class,
        () -> verb.apply(ticket).map(_ -> finder.json(finder.find(number, agent))));
  }
}
