package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.RelatedTickets;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.relation.Links;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Links between tickets, made and taken away by hand, and the region that shows them.
@Controller
final class LinkController {
  private final Desk desk;
  private final OtherTickets others;
  private final RelatedTickets related;
  private final Links links;
  private final Submissions submissions;

  LinkController(
      Desk desk,
      OtherTickets others,
      RelatedTickets related,
      Links links,
      Submissions submissions) {
    this.desk = desk;
    this.others = others;
    this.related = related;
    this.links = links;
    this.submissions = submissions;
  }

  @GetMapping("/tickets/{number}/related")
  String region(@PathVariable long number, Agent agent, Model model) {
    model.addAttribute("related", related.of(desk.ticket(number, agent), agent));
    return "desk/related";
  }

  @GetMapping("/tickets/{number}/links")
  String form(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String words,
      Agent agent,
      Model model) {
    return page(ticket(number, agent), words, Link.Role.RELATED, "", agent, model);
  }

  @PostMapping("/tickets/{number}/links")
  String link(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String other,
      @RequestParam Link.Role role,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = ticket(number, agent);
    var linked =
        others
            .withNumber(other, agent)
            .<Outcome<Ticket>>map(found ->
                submissions.untilKnown(() -> links.link(ticket.id(), role, found.id(), agent)))
            .orElseGet(() ->
                Outcome.rejected(
                    Reason.INVALID,
                    "Expected the number of a ticket, such as #1003, but found “%s”."
                        .formatted(other.strip())));
    return switch (linked) {
      case Outcome.Accepted<Ticket> _ -> {
        Flash.say(request, response, "Linked.");
        yield "redirect:/tickets/" + number;
      }
      case Outcome.Rejected<Ticket>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(ticket, other, role, detail, agent, model);
      }
    };
  }

  @PostMapping("/tickets/{number}/links/{other}/removal")
  String unlink(
      @PathVariable long number,
      @PathVariable long other,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var ticket = ticket(number, agent);
    var found = others.withNumber("" + other, agent);
    found.ifPresent(
        to -> submissions.untilKnown(() -> links.unlink(ticket.id(), new TicketId(other), agent)));
    Flash.say(
        request, response, found.isPresent() ? "No longer linked." : "There is no such link.");
    return "redirect:/tickets/" + number;
  }

  private String page(
      Ticket ticket, String words, Link.Role role, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new LinkPage(
            ticket,
            new MergePage.Candidates(words, others.candidates(ticket, words, agent)),
            role,
            problem));
    return "desk/link";
  }

  private Ticket ticket(long number, Agent agent) {
    return desk.ticket(number, agent, Permission.MERGE);
  }
}
