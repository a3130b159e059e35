package dev.evergreen.language;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The small words of messages.
final class Wording {
  private Wording() {}

  static String quoted(String word) {
    return "`" + word + "`";
  }

  /// `a, b or c`, each quoted.
  static String list(List<String> words) {
    return joined(words.stream().map(Wording::quoted).toList());
  }

  /// `a, b or c`.
  static String joined(List<String> words) {
    return switch (words.size()) {
      case 0 -> "nothing";
      case 1 -> words.getFirst();
      default -> String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    };
  }

  /// The known word that was most likely meant.
  static Optional<String> nearest(String found, List<String> known) {
    return known.stream()
        .filter(word -> distance(found, word) <= Math.max(1, found.length() / 3))
        .min(Comparator.comparingInt(word -> distance(found, word)));
  }

  /// Edits between two words, a swap of neighbors counting as one (Damerau; optimal string
  /// alignment).
  private static int distance(String left, String right) {
    var a = left.toLowerCase(Locale.ROOT);
    var b = right.toLowerCase(Locale.ROOT);
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int step(int[][] rows, String a, String b, int i, int j) {
    var same = a.charAt(i - 1) == b.charAt(j - 1);
    var best =
        Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    var swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
