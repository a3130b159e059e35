package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.VisibleTickets;
import dev.evergreen.server.ticket.relation.Merges;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Finds what hangs together with a ticket, as far as it exists for the reader.
@Component
public final class RelatedTickets {
  private static final int MOST = 100;

  private final Tickets tickets;
  private final Merges merges;

  RelatedTickets(Tickets tickets, Merges merges) {
    this.tickets = tickets;
    this.merges = merges;
  }

  public Related of(Ticket ticket, Agent reader) {
    var visible = tickets.visibleTo(reader);
    var links = visible.links(ticket.id(), MOST);
    var mayChange = ticket.isFor(reader, Permission.MERGE);
    return new Related(
        ticket,
        merges.into(ticket.id()),
        groups(links),
        ticket.isClosed() || !mayChange ? List.of() : alike(ticket, links, visible),
        mayChange);
  }

  private static List<Related.Group> groups(List<Link> links) {
    var groups = new ArrayList<Related.Group>();
    for (var role : Link.Role.values()) {
      var of = links.stream().filter(link -> link.role() == role).map(Link::other).toList();
      if (!of.isEmpty()) {
        groups.add(new Related.Group(role, of));
      }
    }
    return groups;
  }

  /// What is linked already is known to be another ticket, and is not offered again.
  private static List<CustomerPanel.Other> alike(
      Ticket ticket, List<Link> links, VisibleTickets visible) {
    var known = new HashSet<>(Set.of(ticket.id()));
    links.forEach(link -> known.add(link.other().id()));
    return visible.alike(ticket.customer(), ticket.subject()).stream()
        .filter(other -> !known.contains(other.id()))
        .map(CustomerPanel.Other::of)
        .toList();
  }
}
