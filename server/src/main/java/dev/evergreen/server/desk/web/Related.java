package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.relation.Merge;
import java.util.List;

/// What hangs together with a ticket: what lives on in it, what it is linked to, and what may be
/// about the same.
///
/// @param mayChange whether the reader decides which tickets there are
public record Related(
    Ticket ticket,
    List<Merge> merged,
    List<Group> groups,
    List<CustomerPanel.Other> alike,
    boolean mayChange) {
  public Related {
    merged = List.copyOf(merged);
    groups = List.copyOf(groups);
    alike = List.copyOf(alike);
  }

  /// Linked tickets that are the same to this one.
  public record Group(Link.Role role, List<Ticket> tickets) {
    public Group {
      tickets = List.copyOf(tickets);
    }

    /// What they are, above them.
    public String title() {
      return switch (role) {
        case PROBLEM -> "Incident of the problem";
        case PARENT -> "Part of";
        case PART -> "Parts";
        case INCIDENT -> "Incidents of this problem";
        case RELATED -> "Related";
        case SPLIT_FROM -> "Split off from";
        case SPLIT_OFF -> "Split off";
        case EARLIER -> "Goes on from";
        case LATER -> "Goes on in";
      };
    }

    public boolean isByHand() {
      return role.isByHand();
    }

    public boolean areIncidents() {
      return role == Link.Role.INCIDENT;
    }

    public long open() {
      return tickets.stream().filter(ticket -> !ticket.isClosed()).count();
    }
  }

  public long number() {
    return ticket.id().value();
  }

  public String live() {
    return ticket.id().subject().toString();
  }

  public String path() {
    return "/tickets/" + number();
  }

  public boolean isEmpty() {
    return merged.isEmpty() && groups.isEmpty() && alike.isEmpty();
  }
}
