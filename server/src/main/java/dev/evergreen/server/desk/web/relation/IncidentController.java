package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.bulk.BulkChange;
import dev.evergreen.server.ticket.bulk.BulkChanges;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// All open incidents of a problem at once: their customers answered, the tickets put into a
/// status. It goes on in the background, with its progress and the way back on the page of the bulk
/// change.
@Controller
final class IncidentController {
  private static final int MOST = 1_000;
  private static final int LONGEST = 100_000;

  private final Desk desk;
  private final Tickets tickets;
  private final BulkChanges changes;
  private final Statuses statuses;
  private final Codes codes;
  private final Submissions submissions;

  IncidentController(
      Desk desk,
      Tickets tickets,
      BulkChanges changes,
      Statuses statuses,
      Codes codes,
      Submissions submissions) {
    this.desk = desk;
    this.tickets = tickets;
    this.changes = changes;
    this.statuses = statuses;
    this.codes = codes;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/incidents")
  String form(@PathVariable long number, Agent agent, Model model) {
    return page(ticket(number, agent), "", "", agent, model);
  }

  @PostMapping("/tickets/{number}/incidents")
  String begin(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String outcome,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var problem = ticket(number, agent);
    var begun =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                change(text.strip(), put(status, outcome))
                    .then(change -> changes.begin(change, seen(problem, agent), agent))
                    .map(id -> "" + id));
    return switch (begun) {
      case Outcome.Accepted<String>(String id) -> "redirect:/bulk/" + id;
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(problem, text, detail, agent, model);
      }
    };
  }

  private static Outcome<BulkChange> change(String text, BulkChange.@Nullable SetStatus put) {
    if (text.length() > LONGEST) {
      return Outcome.rejected(Reason.INVALID, "Expected words of at most 100,000 letters.");
    }
    if (!text.isEmpty()) {
      return Outcome.accepted(new BulkChange.Answer(text, put));
    }
    return put == null
        ? Outcome.rejected(Reason.INVALID, "Expected words for the customers, a status, or both.")
        : Outcome.accepted(put);
  }

  private BulkChange.@Nullable SetStatus put(String number, String outcome) {
    return offered().stream()
        .filter(status -> number.equals("" + status.id().value()))
        .findFirst()
        .map(status ->
            new BulkChange.SetStatus(
                status.id().value(),
                status.name(),
                status.category() == Status.SOLVED || status.category() == Status.CLOSED
                    ? outcome
                    : ""))
        .orElse(null);
  }

  private List<TicketStatus> offered() {
    return statuses.all().offered();
  }

  private Map<TicketId, Long> seen(Ticket problem, Agent agent) {
    var seen = new LinkedHashMap<TicketId, Long>();
    incidents(problem, agent).forEach(one -> seen.put(one.id(), one.revision()));
    return seen;
  }

  private List<Ticket> incidents(Ticket problem, Agent agent) {
    return tickets.visibleTo(agent).links(problem.id(), MOST).stream()
        .filter(link -> link.role() == Link.Role.INCIDENT)
        .map(Link::other)
        .filter(one -> !one.isClosed())
        .toList();
  }

  private String page(Ticket problem, String text, String refusal, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new IncidentPage(
            problem,
            incidents(problem, agent),
            offered(),
            codes.of(Code.List.OUTCOME).stream().filter(code -> !code.retired()).toList(),
            text,
            refusal));
    return "desk/together/incidents";
  }

  private Ticket ticket(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.BULK);
  }
}
