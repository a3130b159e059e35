package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import java.util.HashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How tickets are sorted: what they are about, how soon they want attention.
@Component
public class Sorting {
  private final TicketWriting writing;
  private final DatabaseClock clock;

  Sorting(TicketWriting writing, DatabaseClock clock) {
    this.writing = writing;
    this.clock = clock;
  }

  /// Changes fields; what is already so is no event.
  @Transactional
  public Ticket update(TicketId id, Changes changes, Actor by) {
    var before = writing.locked(id);
    var data = new HashMap<String, Object>();
    var category = changes.category();
    if (category != null && !category.equals(before.state().category())) {
      data.put("category", category);
    }
    var priority = changes.priority();
    if (priority != null && priority != before.state().priority()) {
      data.put("priority", priority.key());
    }
    var solution = changes.solution();
    if (solution != null && solution != before.state().solution()) {
      data.put("solution", solution.key());
    }
    if (data.isEmpty()) {
      return before;
    }
    var ticket =
        writing.update(
            """
            update ticket
            set
              category = coalesce(cast(:category as text), category),
              priority = coalesce(cast(:priority as text), priority),
              solution = coalesce(cast(:solution as text), solution),
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            parameters(
                "category", data.get("category"),
                "priority", data.get("priority"),
                "solution", data.get("solution"),
                "at", TicketRows.stored(clock.instant())));
    writing.append(ticket, "ticket.updated", by, data);
    return ticket;
  }
}
