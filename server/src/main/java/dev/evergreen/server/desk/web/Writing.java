package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.CannedResponses;
import dev.evergreen.server.ticket.Draft;
import dev.evergreen.server.ticket.Drafts;
import dev.evergreen.server.ticket.Ticket;
import java.util.List;
import org.springframework.stereotype.Component;

/// What an agent needs to write on a ticket: the draft they left, and canned responses filled in
/// for this customer.
@Component
final class Writing {

  private final Drafts drafts;
  private final CannedResponses canned;

  Writing(Drafts drafts, CannedResponses canned) {
    this.drafts = drafts;
    this.canned = canned;
  }

  /// Light collaborators help with notes; to the customer speak those who answer for it.
  static boolean mayReply(Agent agent) {
    return agent.role() != Role.COLLABORATOR;
  }

  Composer composer(Ticket ticket, Customer customer, Refusal refusal, Agent agent) {
    return new Composer(
        ticket.id().value(),
        customer.name(),
        refusal instanceof Refusal.OfWords(var typed, _) ? typed : kept(ticket, agent),
        mayReply(agent) && !customer.addresses().isEmpty(),
        refusal instanceof Refusal.OfWords(_, var reason) ? reason : "");
  }

  /// What may be put in after `::`, filled in for this ticket. Asked for when somebody begins to
  /// write: most who open a ticket only read it.
  List<Canned> canned(Ticket ticket, Agent agent) {
    return canned.filledIn(ticket.id(), agent).stream()
        .map(one -> new Canned(one.id(), one.name(), one.text()))
        .toList();
  }

  private Composer.Draft kept(Ticket ticket, Agent agent) {
    return drafts
        .of(ticket.id(), agent.id())
        .map(draft -> new Composer.Draft(draft.text(), draft.kind() == Draft.Kind.NOTE))
        .orElse(Composer.Draft.EMPTY);
  }
}
