package dev.evergreen.server.ticket.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Draft;
import dev.evergreen.server.ticket.Drafts;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Keeps what an agent is writing, every time they pause.
@Controller
class DraftController {
  private final Tickets tickets;
  private final Drafts drafts;

  DraftController(Tickets tickets, Drafts drafts) {
    this.tickets = tickets;
    this.drafts = drafts;
  }

  @PostMapping("/tickets/{number}/draft")
  ResponseEntity<Void> keep(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "reply") String kind,
      Agent agent) {
    var ticket = tickets.visibleTo(agent).get(new TicketId(number));
    if (ticket.isEmpty()) {
      return ResponseEntity.notFound().build();
    }
    var draft = new Draft(kind.equals("note") ? Draft.Kind.NOTE : Draft.Kind.REPLY, text);
    drafts.keep(ticket.get().id(), agent.id(), draft);
    return ResponseEntity.noContent().build();
  }
}
