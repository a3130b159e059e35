package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.FollowUp;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.notification.Followers;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// When a ticket comes back by itself, and who follows it.
public record Watch(
    Ticket ticket, @Nullable FollowUp followUp, List<Followers.Follower> followers, Agent reader) {
  public Watch {
    followers = List.copyOf(followers);
  }

  public boolean maySet() {
    return ticket.isFor(reader, Permission.SORT);
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }

  public String live() {
    return ticket.id().subject().toString();
  }

  public boolean isFollowing() {
    return followers.stream().anyMatch(follower -> follower.agent().equals(reader.id()));
  }

  /// “Ines and you follow this.”
  public String whoFollows() {
    if (followers.isEmpty()) {
      return "Nobody follows this ticket.";
    }
    var names =
        followers.stream()
            .map(follower -> follower.agent().equals(reader.id()) ? "you" : follower.name())
            .collect(Collectors.toList());
    if (names.size() == 1) {
      return names.getFirst().equals("you")
          ? "You follow this ticket."
          : names.getFirst() + " follows this ticket.";
    }
    var last = names.removeLast();
    var said = String.join(", ", names) + " and " + last + " follow this ticket.";
    return said.startsWith("you") ? "You" + said.substring(3) : said;
  }
}
