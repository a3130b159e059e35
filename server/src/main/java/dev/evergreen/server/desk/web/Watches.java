package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.FollowUps;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.notification.Followers;
import org.springframework.stereotype.Component;

/// Finds when a ticket comes back and who follows it.
@Component
final class Watches {
  private final FollowUps followUps;
  private final Followers followers;

  Watches(FollowUps followUps, Followers followers) {
    this.followUps = followUps;
    this.followers = followers;
  }

  Watch of(Ticket ticket, Agent reader) {
    return new Watch(
        ticket, followUps.of(ticket.id()).orElse(null), followers.of(ticket.id()), reader);
  }
}
