package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.field.FieldValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a ticket is sorted, beside its category; null and empty is what nobody has said yet.
///
/// @param status the team's own name for where it stands; null for the first of its category
/// @param tags ids of tags, which may have been merged into others since
/// @param rootCause why it came to this, so that it can be avoided
public record Sorted(
    @Nullable TicketType type,
    @Nullable Severity severity,
    @Nullable StatusId status,
    List<Long> tags,
    FieldValues fields,
    String rootCause,
    PriorityReason priorityReason) {
  public Sorted {
    tags = List.copyOf(tags);
  }

  /// Why the ticket has its priority; empty while nobody and no rule has said. What a person set no
  /// rule changes.
  public record PriorityReason(String text, boolean byPerson) {}
}
