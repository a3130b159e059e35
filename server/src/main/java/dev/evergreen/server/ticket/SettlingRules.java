package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Settings;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What has to be said before a ticket is settled: why, and what its own fields ask for then. Asked
/// by whoever settles it, and before, by whoever sends something with which it is to be settled.
@Component
public class SettlingRules {
  private final Settings settings;
  private final TicketFields fields;

  SettlingRules(Settings settings, TicketFields fields) {
    this.settings = settings;
    this.fields = fields;
  }

  /// Why a ticket cannot be put into a status, in a sentence; empty when it can.
  ///
  /// @param outcome why it is settled; empty when nobody said
  /// @param filled keys of own fields that will be filled in before
  public Optional<String> toStatus(
      Ticket ticket, TicketStatus status, String outcome, Set<String> filled, Actor by) {
    var needsOutcome =
        status.category() == Status.CLOSED
            || (status.category() == Status.SOLVED && settings.get(Statuses.OUTCOME_WHEN_SOLVING));
    if (needsOutcome && outcome.isBlank()) {
      return Optional.of("Expected an outcome for “" + status.name() + "”, but found none.");
    }
    return settles(status) ? missing(ticket, filled, by) : Optional.empty();
  }

  /// The same of closing it without a choice of the status.
  public Optional<String> toClosing(Ticket ticket, String outcome, Set<String> filled, Actor by) {
    return outcome.isBlank()
        ? Optional.of("Expected an outcome (why the ticket is closed), but found none.")
        : missing(ticket, filled, by);
  }

  public static boolean settles(TicketStatus status) {
    return status.category() == Status.SOLVED || status.category() == Status.CLOSED;
  }

  private Optional<String> missing(Ticket ticket, Set<String> filled, Actor by) {
    return by.kind().equals("agent")
        ? Optional.ofNullable(fields.missing(ticket, filled))
        : Optional.empty();
  }
}
