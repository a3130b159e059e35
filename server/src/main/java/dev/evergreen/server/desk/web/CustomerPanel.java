package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.customer.Segment;
import dev.evergreen.server.feedback.Survey;
import dev.evergreen.server.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who asks, what else they asked, and what they said of our help.
///
/// @param isLinked whether there is a page about them, for whoever looks
public record CustomerPanel(
    long ticket,
    Profile profile,
    List<Segment> segments,
    List<Other> others,
    @Nullable Survey survey,
    boolean isLinked) {

  public CustomerPanel {
    segments = List.copyOf(segments);
    others = List.copyOf(others);
  }

  /// Another ticket of the same customer.
  public record Other(long number, String subject, String status, Instant updatedAt) {
    public static Other of(Ticket ticket) {
      return new Other(
          ticket.id().value(),
          ticket.subject(),
          ticket.state().status().words(),
          ticket.moments().updatedAt());
    }

    public String href() {
      return "/tickets/" + number;
    }
  }

  public String live() {
    return profile.customer().id().subject() + " ticket:" + ticket;
  }
}
