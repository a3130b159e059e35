package dev.evergreen.server.ticket.task;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that a team or a colleague is asked to do on a ticket. It is no step of a workflow:
/// nothing waits for it but whoever gave it.
///
/// @param dueAt when it is wanted; null when nobody said
/// @param ending null while it is open
public record TeamTask(
    TeamTaskId id,
    TicketId ticket,
    String text,
    Addressee to,
    Giving giving,
    @Nullable Instant dueAt,
    @Nullable Ending ending) {

  /// Who is asked: a team, one person, or a person of a team.
  public record Addressee(
      @Nullable TeamId team, String teamName, @Nullable AgentId agent, String agentName) {
    public String shown() {
      return agent == null ? teamName : team == null ? agentName : agentName + ", " + teamName;
    }
  }

  /// @param agent null when a workflow gave it
  public record Giving(@Nullable AgentId agent, String name, Instant at) {}

  /// What became of it, and what was said about that.
  public record Ending(State state, String by, Instant at, String note) {}

  /// How a task stands.
  public enum State {
    OPEN,
    DONE,
    DECLINED,
    /// Whoever gave it no longer wants it.
    WITHDRAWN
  }

  public State state() {
    return ending == null ? State.OPEN : ending.state();
  }

  public boolean isOpen() {
    return ending == null;
  }

  public String path() {
    return "/team-tasks/" + id.value();
  }
}
