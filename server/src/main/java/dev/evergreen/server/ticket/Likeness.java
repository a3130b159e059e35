package dev.evergreen.server.ticket;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// How much alike two subjects are: the share of three-letter pieces that they have in common, as
/// `pg_trgm` counts it, which not every PostgreSQL has. Written for the few open tickets of one
/// customer.
public final class Likeness {
  private Likeness() {}

  /// From 0, nothing in common, to 1, the same words in any order.
  public static double between(String one, String other) {
    var some = pieces(one);
    var others = pieces(other);
    var common = new HashSet<>(some);
    common.retainAll(others);
    var all = some.size() + others.size() - common.size();
    return all == 0 ? 0 : (double) common.size() / all;
  }

  private static Set<String> pieces(String text) {
    var pieces = new HashSet<String>();
    for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty() && !isPrefix(word)) {
        var padded = "  " + word + " ";
        for (int i = 0; i + 3 <= padded.length(); i++) {
          pieces.add(padded.substring(i, i + 3));
        }
      }
    }
    return pieces;
  }

  /// What mail programs put before a subject says nothing of it.
  private static boolean isPrefix(String word) {
    return switch (word) {
      case "re", "fw", "fwd", "aw", "wg" -> true;
      default -> false;
    };
  }
}
