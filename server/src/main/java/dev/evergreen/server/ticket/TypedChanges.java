package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a ticket is to be sorted, as somebody typed it; null leaves a field as it is.
public record TypedChanges(
    @Nullable String priority,
    @Nullable String category,
    @Nullable String type,
    @Nullable String severity,
    @Nullable String rootCause) {
  private static final int LONGEST_CAUSE = 2_000;

  /// What is meant, or what was expected instead.
  ///
  /// @param ticket whose category may stay, also when it was retired
  public Outcome<Changes> read(Ticket ticket, Codes codes) {
    var cause = rootCause;
    if (cause != null && (cause.strip().length() > LONGEST_CAUSE || cause.contains("\0"))) {
      return Outcome.rejected(Reason.INVALID, "Expected a root cause of at most 2,000 letters.");
    }
    if (!isKnown(category, ticket, codes)) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a category of the team, but found “" + category + "”.");
    }
    return one(priority, Priority::of)
        .then(urgency ->
            one(type, TicketType::of)
                .then(kind ->
                    one(severity, Severity::of)
                        .map(gravity ->
                            new Changes(
                                category,
                                urgency.orElse(null),
                                null,
                                kind.orElse(null),
                                gravity.orElse(null),
                                cause))));
  }

  private static boolean isKnown(@Nullable String category, Ticket ticket, Codes codes) {
    return category == null
        || category.isEmpty()
        || category.equals(ticket.state().category())
        || codes.withKey(Code.List.CATEGORY, category).filter(code -> !code.retired()).isPresent();
  }

  private static <T> Outcome<Optional<T>> one(
      @Nullable String key, Function<String, Outcome<T>> read) {
    return key == null || key.isEmpty()
        ? Outcome.accepted(Optional.empty())
        : read.apply(key).map(Optional::of);
  }
}
