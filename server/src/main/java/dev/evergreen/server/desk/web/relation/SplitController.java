package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import dev.evergreen.server.ticket.relation.Splits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Splitting a ticket: choosing what becomes a ticket of its own.
@Controller
final class SplitController {
  private static final int LONGEST_SUBJECT = 200;

  private final Desk desk;
  private final Tickets tickets;
  private final Splits splits;
  private final HiddenLinks links;
  private final Submissions submissions;

  SplitController(
      Desk desk, Tickets tickets, Splits splits, HiddenLinks links, Submissions submissions) {
    this.desk = desk;
    this.tickets = tickets;
    this.splits = splits;
    this.links = links;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/split")
  String choose(@PathVariable long number, Agent agent, Model model) {
    var ticket = ticket(number, agent);
    return page(ticket, Set.of(), ticket.subject(), "", agent, model);
  }

  @PostMapping("/tickets/{number}/split")
  String split(
      @PathVariable long number,
      @RequestParam long revision,
      @RequestParam(name = "message", defaultValue = "") List<Long> chosen,
      @RequestParam(defaultValue = "") String subject,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(number, agent);
    var messages = chosen.stream().map(MessageId::new).collect(Collectors.toSet());
    var split =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                subject.isBlank() || subject.length() > LONGEST_SUBJECT
                    ? Outcome.rejected(
                        Outcome.Reason.INVALID, "Expected a subject of 1 to 200 letters.")
                    : splits
                        .split(ticket.id(), revision, messages, subject.strip(), agent)
                        .map(opened -> "" + opened.id().value()));
    return switch (split) {
      case Outcome.Accepted<String>(String opened) -> {
        Flash.say(request, response, "Split off from %s.".formatted(ticket.id()));
        yield "redirect:/tickets/" + opened;
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(desk.ticket(number, agent), messages, subject, detail, agent, model);
      }
    };
  }

  private String page(
      Ticket ticket,
      Set<MessageId> chosen,
      String subject,
      String problem,
      Agent agent,
      Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new SplitPage(
            ticket,
            tickets.visibleTo(agent).conversation(ticket, Stretch.WHOLE).messages(),
            links,
            chosen,
            subject,
            problem));
    return "desk/split";
  }

  private Ticket ticket(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.MERGE);
  }
}
