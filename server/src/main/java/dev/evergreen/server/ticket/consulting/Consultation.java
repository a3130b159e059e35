package dev.evergreen.server.ticket.consulting;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A question to a colleague, or to whoever leads a team, before the customer is answered.
///
/// @param answer null while nobody has answered
public record Consultation(
    ConsultationId id,
    TicketId ticket,
    String question,
    Asked asked,
    Asker asker,
    @Nullable Answer answer) {

  /// Who is asked: one person, or the leads of a team.
  public record Asked(@Nullable AgentId agent, @Nullable TeamId team, String name) {
    /// As it is shown.
    public String shown() {
      return team == null ? name : "the leads of " + name;
    }
  }

  public record Asker(AgentId agent, String name, Instant at) {}

  public record Answer(String text, String by, Instant at) {}

  public boolean isOpen() {
    return answer == null;
  }

  /// Whether this agent is asked: leads are, and administrators in their place, when a team is.
  public boolean asks(Agent reader) {
    return asked.agent() == null ? reader.may(Permission.LEAD) : asked.agent().equals(reader.id());
  }
}
