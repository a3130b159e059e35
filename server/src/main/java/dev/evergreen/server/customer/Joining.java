package dev.evergreen.server.customer;

import dev.evergreen.server.platform.field.FieldValues;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How what two records hold becomes one, and two again: what stands as the merge left it goes back
/// to what it was before, and what somebody has changed since stays.
final class Joining {
  private Joining() {}

  static String notes(String one, String other) {
    return Stream.of(one, other)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  /// Values as they are stored: the first one's own win, of what it does not know the other's.
  static @Nullable String fields(@Nullable String one, @Nullable String other) {
    return FieldValues.of(one).or(FieldValues.of(other)).json();
  }

  static String text(String now, String before, String after) {
    return now.equals(after) ? before : now;
  }

  static <T> @Nullable T back(@Nullable T now, @Nullable T before, @Nullable T after) {
    return Objects.equals(now, after) ? before : now;
  }

  /// The same for each field by itself.
  static @Nullable String fieldsBack(
      @Nullable String now, @Nullable String before, @Nullable String after) {
    var values = FieldValues.of(now);
    var merged = FieldValues.of(after);
    var own = FieldValues.of(before);
    for (var key : merged.values().keySet()) {
      if (values.has(key, merged.get(key).orElse(null))) {
        values = values.with(key, own.get(key).orElse(null));
      }
    }
    return values.json();
  }
}
