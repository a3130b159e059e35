package dev.evergreen.server.customer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What somebody typed to find names that begin so: as words of a full-text query, and as a pattern
/// for addresses and domains.
record Beginning(String words, String prefix) {

  /// Empty when nothing was typed.
  static Optional<Beginning> of(String typed) {
    var text = typed.replace("\0", "").strip().toLowerCase(Locale.ROOT);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new Beginning(words(text), text.replaceAll("([\\\\%_])", "\\\\$1") + "%"));
  }

  /// `jonas we` → `'jonas':* & 'we':*`; quoted, so that nothing typed is an operator.
  private static String words(String text) {
    return Arrays.stream(text.split("[\\s'\\\\]+"))
        .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
        .map(word -> "'" + word + "':*")
        .collect(Collectors.joining(" & "));
  }

  /// The rows that a page shows of those that were read: one more was asked for than fits, and is
  /// there when another page follows.
  static <R> List<R> shown(List<R> read, int page) {
    return read.subList(0, Math.min(page, read.size()));
  }

  /// The last row of a page, from which the next one goes on; empty when none follows.
  static <R> Optional<R> last(List<R> read, int page) {
    return read.size() <= page ? Optional.empty() : Optional.of(read.get(page - 1));
  }
}
