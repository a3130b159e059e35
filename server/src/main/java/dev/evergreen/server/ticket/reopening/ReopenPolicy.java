package dev.evergreen.server.ticket.reopening;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.time.Duration;
import java.time.Instant;

/// What becomes of a closed ticket whose customer writes again.
public sealed interface ReopenPolicy {
  int MOST_DAYS = 3_650;

  /// It opens again, however long ago it was closed.
  record Always() implements ReopenPolicy {}

  /// They get a new ticket, which goes on from the old one.
  record Never() implements ReopenPolicy {}

  /// It opens again within so many days after it was closed; later they get a new one.
  record Within(int days) implements ReopenPolicy {
    public Within {
      if (days < 1 || days > MOST_DAYS) {
        throw new IllegalArgumentException("expected 1 to 3650 days, but found " + days);
      }
    }
  }

  /// Whether a ticket that was closed then opens again now.
  default boolean reopens(Instant closedAt, Instant now) {
    return switch (this) {
      case Always _ -> true;
      case Never _ -> false;
      case Within(int days) -> !closedAt.plus(Duration.ofDays(days)).isBefore(now);
    };
  }

  /// Reads what a form says.
  ///
  /// @param kind `always`, `never` or `within`
  static Outcome<ReopenPolicy> of(String kind, int days) {
    return switch (kind) {
      case "always" -> Outcome.accepted(new Always());
      case "never" -> Outcome.accepted(new Never());
      case "within" ->
          days < 1 || days > MOST_DAYS
              ? Outcome.rejected(
                  Reason.INVALID, "Expected 1 to 3650 days, but found %d.".formatted(days))
              : Outcome.accepted(new Within(days));
      default ->
          Outcome.rejected(
              Reason.INVALID,
              "Expected always, never or within some days, but found “%s”.".formatted(kind));
    };
  }
}
