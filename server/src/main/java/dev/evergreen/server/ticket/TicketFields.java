package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.field.FieldChange;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.platform.field.References;
import dev.evergreen.server.platform.field.ShownField;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The values of the team's own fields on tickets.
@Component
public class TicketFields {
  /// The kind of subject under which the fields of tickets are defined.
  public static final String ABOUT = "ticket";

  private final TicketWriting writing;
  private final OwnFields definitions;
  private final TicketReferences references;
  private final DatabaseClock clock;

  TicketFields(
      TicketWriting writing,
      OwnFields definitions,
      TicketReferences references,
      DatabaseClock clock) {
    this.writing = writing;
    this.definitions = definitions;
    this.references = references;
    this.clock = clock;
  }

  /// What is asked of a ticket, and what it holds although it is no longer asked of its type.
  public List<ShownField> of(Ticket ticket, VisibleTickets visible) {
    var found = references.visibleIn(visible);
    var values = ticket.state().sorted().fields();
    return definitions.of(ABOUT).stream()
        .filter(field ->
            isAskedOf(field, ticket) || (!field.retired() && values.get(field.key()).isPresent()))
        .map(field -> ShownField.of(field, values, found))
        .toList();
  }

  /// Sets a field to what a person typed; nothing typed empties it.
  @Transactional
  public Outcome<Ticket> set(
      TicketId id, String key, String typed, VisibleTickets visible, Actor by) {
    return set(id, key, typed, references.visibleIn(visible), by);
  }

  /// The same on account of the program.
  @Transactional
  public Outcome<Ticket> set(TicketId id, String key, String typed, Actor by) {
    return set(id, key, typed, references.all(), by);
  }

  private Outcome<Ticket> set(TicketId id, String key, String typed, References found, Actor by) {
    return definitions
        .read(ABOUT, key, typed, found)
        .map(change -> changed(writing.locked(id), change, by));
  }

  private Ticket changed(Ticket before, FieldChange change, Actor by) {
    var values = before.state().sorted().fields();
    if (change.isIn(values)) {
      return before;
    }
    var ticket =
        writing.update(
            """
            update ticket
            set fields = cast(:fields as jsonb), updated_at = :at, revision = revision + 1
            where id = :id
            returning *
            """,
            before.id(),
            parameters(
                "fields", change.in(values).json(), "at", TicketRows.stored(clock.instant())));
    writing.append(ticket, "ticket.field-changed", by, change.told(values));
    return ticket;
  }

  /// Why a person cannot settle the ticket yet; null when they can.
  ///
  /// @param filled keys of fields that will be filled in before
  @Nullable String missing(Ticket ticket, Set<String> filled) {
    var values = ticket.state().sorted().fields();
    var labels =
        definitions.of(ABOUT).stream()
            .filter(field -> isAskedOf(field, ticket))
            .filter(field -> field.use().required() != OwnField.Required.NEVER)
            .filter(field -> values.get(field.key()).isEmpty() && !filled.contains(field.key()))
            .map(OwnField::label)
            .collect(Collectors.joining(", "));
    return labels.isEmpty()
        ? null
        : "Expected these to be filled in before it is settled, but they are empty: "
            + labels
            + ".";
  }

  private static boolean isAskedOf(OwnField field, Ticket ticket) {
    var type = ticket.state().sorted().type();
    return field.isAskedOf(type == null ? "" : type.key());
  }
}
