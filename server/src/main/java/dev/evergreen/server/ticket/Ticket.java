package dev.evergreen.server.ticket;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.TeamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request for help. The revision counts what happened to it: a verb that two people could do
/// at once asks for the one they saw.
public record Ticket(
    TicketId id,
    String subject,
    Origin origin,
    State state,
    Assignment assignment,
    Moments moments,
    Beside beside,
    long revision) {

  /// Who asks, and over which channel they asked first.
  public record Origin(CustomerId customer, String channel) {}

  /// `category` and `outcome` are empty while they are not known. The status is the category that
  /// drives clocks and workflows; how the team calls it stands in [Sorted].
  public record State(
      Status status,
      Priority priority,
      String category,
      Solution solution,
      String outcome,
      int reopened,
      Sorted sorted) {}

  /// Who is responsible; both may be open.
  public record Assignment(@Nullable TeamId team, @Nullable AgentId agent) {}

  public record Moments(
      Instant openedAt,
      Instant updatedAt,
      @Nullable Instant answeredAt,
      @Nullable Instant closedAt,
      @Nullable Instant archivedAt) {}

  /// What is done on it together with others, counted so that lists and pages need not look.
  ///
  /// @param any whether there ever was any of it, ended or not
  public record Beside(int openSides, int openTasks, boolean any) {}

  /// Whether an agent for whom it exists may do that with it.
  public boolean isFor(Agent agent, Permission permission) {
    return agent.may(permission, assignment.team(), assignment.agent())
        || (permission.comesWithTasks() && beside.any() && agent.may(permission));
  }

  public CustomerId customer() {
    return origin.customer();
  }

  public boolean isClosed() {
    return state.status() == Status.CLOSED;
  }

  /// Long closed: in no working list any more, and found by search and by number as ever.
  public boolean isArchived() {
    return moments.archivedAt() != null;
  }
}
