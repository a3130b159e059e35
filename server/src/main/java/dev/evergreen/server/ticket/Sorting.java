package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Typed;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How tickets are sorted: what they are about, how soon they want attention.
@Component
public class Sorting {
  private final TicketWriting writing;
  private final PriorityRules rules;
  private final DatabaseClock clock;

  Sorting(TicketWriting writing, PriorityRules rules, DatabaseClock clock) {
    this.writing = writing;
    this.rules = rules;
    this.clock = clock;
  }

  /// The same, unless the ticket has changed since the person saw it.
  @Transactional
  public Outcome<Ticket> update(TicketId id, Changes changes, long seen, Actor by) {
    return writing.whenSeen(id, seen, _ -> update(id, changes, by));
  }

  /// Changes fields; what is already so is no event. What a person sets as the priority stays; any
  /// other follows the rules when type or severity change.
  @Transactional
  public Ticket update(TicketId id, Changes changes, Actor by) {
    var before = writing.locked(id);
    var wanted = new Wanted(before);
    wanted.take(changes, by);
    if (wanted.isSorted() && !wanted.setsPriority() && !wanted.byPerson) {
      wanted.follow(rules.decide(before.customer(), wanted.type(), wanted.severity()));
    }
    if (wanted.after.isEmpty()) {
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
              type = coalesce(cast(:type as text), type),
              severity = coalesce(cast(:severity as text), severity),
              root_cause = nullif(coalesce(cast(:rootCause as text), root_cause), ''),
              priority_reason = cast(:reason as text),
              priority_by_person = :byPerson,
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            id,
            parameters(
                "category", Typed.text(wanted.after.get("category")),
                "priority", Typed.text(wanted.after.get("priority")),
                "solution", Typed.text(wanted.after.get("solution")),
                "type", Typed.text(wanted.after.get("type")),
                "severity", Typed.text(wanted.after.get("severity")),
                "rootCause", Typed.text(wanted.after.get("root_cause")),
                "reason", Typed.text(wanted.reason),
                "byPerson", wanted.byPerson,
                "at", TicketRows.stored(clock.instant())));
    var data = new HashMap<String, Object>();
    wanted.after.forEach((field, value) -> data.put(field, Texts.preview(value)));
    var former = new HashMap<String, Object>();
    wanted.before.forEach((field, value) -> former.put(field, Texts.preview(value)));
    data.put("before", former);
    writing.append(ticket, "ticket.updated", by, data);
    return ticket;
  }

  /// What is to become of a ticket's fields: those that change, as they are and as they will be.
  private static final class Wanted {
    private final Ticket ticket;
    private final Map<String, String> before = new TreeMap<>();
    private final Map<String, String> after = new TreeMap<>();
    private @Nullable String reason;
    private boolean byPerson;

    Wanted(Ticket ticket) {
      this.ticket = ticket;
      var why = ticket.state().sorted().priorityReason();
      reason = why.text().isEmpty() ? null : why.text();
      byPerson = why.byPerson();
    }

    void take(Changes changes, Actor by) {
      var state = ticket.state();
      var sorted = state.sorted();
      set("category", state.category(), changes.category());
      set("solution", state.solution().key(), key(changes.solution()));
      set("type", keyOrNone(sorted.type()), key(changes.type()));
      set("severity", keyOrNone(sorted.severity()), key(changes.severity()));
      set(
          "root_cause",
          sorted.rootCause(),
          changes.rootCause() == null ? null : changes.rootCause().strip());
      if (changes.priority() != null && changes.priority() != state.priority()) {
        set("priority", state.priority().key(), changes.priority().key());
        byPerson = by.kind().equals("agent");
        reason = "Set by " + (byPerson ? by.name() : "a workflow");
      }
    }

    /// A form sends the priority that it shows; only another one is a choice.
    boolean setsPriority() {
      return after.containsKey("priority");
    }

    boolean isSorted() {
      return after.containsKey("type") || after.containsKey("severity");
    }

    void follow(PriorityRules.Decided decided) {
      set("priority", ticket.state().priority().key(), decided.priority().key());
      reason = decided.reason();
    }

    @Nullable TicketType type() {
      return after.containsKey("type")
          ? TicketRows.constant(TicketType.class, after.get("type"))
          : ticket.state().sorted().type();
    }

    @Nullable Severity severity() {
      return after.containsKey("severity")
          ? TicketRows.constant(Severity.class, after.get("severity"))
          : ticket.state().sorted().severity();
    }

    private void set(String field, String now, @Nullable String then) {
      if (then != null && !then.equals(now)) {
        before.put(field, now);
        after.put(field, then);
      }
    }

    private static @Nullable String key(@Nullable Enum<?> constant) {
      return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    private static String keyOrNone(@Nullable Enum<?> constant) {
      return Objects.requireNonNullElse(key(constant), "");
    }
  }
}
