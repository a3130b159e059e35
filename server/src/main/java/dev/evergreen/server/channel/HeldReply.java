package dev.evergreen.server.channel;

import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.workflow.TaskId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reply that an agent has sent and that has not gone out yet. It is no message so far: nothing
/// reacts to it, and the customer knows nothing of it.
///
/// @param isHeldBack whether the customer has said something that whoever wrote it did not know
public record HeldReply(
    Id id, TicketId ticket, AgentId writer, Reply reply, Plan plan, boolean isHeldBack) {
  public record Id(long value) {
    public String domId() {
      return "held-" + value;
    }
  }

  /// When it goes out and what is done with it then.
  ///
  /// @param isScheduled whether it was wanted for a later time, and is not only held for a moment
  /// @param completion the task that it completes
  public record Plan(Instant sendAt, boolean isScheduled, @Nullable Answer completion) {}

  /// How a task is answered.
  public record Answer(TaskId task, Map<String, String> fields, ZoneId zone) {
    public Answer {
      fields = Map.copyOf(fields);
    }
  }
}
