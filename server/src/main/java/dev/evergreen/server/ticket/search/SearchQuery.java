package dev.evergreen.server.ticket.search;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody typed, taken apart: words, phrases in quotation marks, either excluded by a minus,
/// and operators with what they ask for.
record SearchQuery(List<Word> words, List<Asked> asked) {
  private static final int LONGEST = 400;
  private static final int MOST = 20;

  private static final Pattern PART =
      Pattern.compile(
          "(-?)(?:((?:customer\\.|organization\\.)?[A-Za-z][A-Za-z0-9_]{1,39}):(?:\"([^\"]*)\"?|(\\S*))|\"([^\"]*)\"?|(\\S+))");

  /// Web addresses and the like are words, not operators.
  private static final List<String> NO_OPERATORS = List.of("http", "https", "mailto", "re", "fwd");

  SearchQuery {
    words = List.copyOf(words);
    asked = List.copyOf(asked);
  }

  /// Words that have to occur, next to each other when it is a phrase; or that must not.
  record Word(String text, boolean isPhrase, boolean isExcluded) {
    boolean isSaid() {
      return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }
  }

  /// @param key of an operator, or of a field of the team's own: `serial`, `customer.tier`
  record Asked(String key, String value, boolean isExcluded) {}

  static Outcome<SearchQuery> of(String typed) {
    var text = typed.replace('\0', ' ').replaceAll("[“”„]", "\"").strip();
    if (text.length() > LONGEST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a search of at most %d letters.".formatted(LONGEST));
    }
    var words = new ArrayList<Word>();
    var asked = new ArrayList<Asked>();
    var parts = PART.matcher(text);
    while (parts.find() && words.size() + asked.size() < MOST) {
      boolean excluded = !parts.group(1).isEmpty();
      boolean phrase = parts.group(3) != null || parts.group(5) != null;
      var value = first(parts);
      var key = parts.group(2) == null ? "" : parts.group(2).toLowerCase(Locale.ROOT);
      if (key.isEmpty() || NO_OPERATORS.contains(key)) {
        var said = key.isEmpty() ? value : key + ":" + value;
        words.add(new Word(said, phrase && said.strip().contains(" "), excluded));
        continue;
      }
      asked.add(new Asked(key, value.strip(), excluded));
    }
    words.removeIf(word -> !word.isSaid());
    return Outcome.accepted(new SearchQuery(words, asked));
  }

  /// The value, in whichever way it was written.
  private static String first(Matcher parts) {
    for (int group = 3; group <= 6; group++) {
      if (parts.group(group) != null) {
        return parts.group(group);
      }
    }
    return "";
  }

  boolean isEmpty() {
    return words.isEmpty() && asked.isEmpty();
  }

  /// Whether any words have to occur, so that tickets can be ranked by them.
  boolean hasWords() {
    return words.stream().anyMatch(word -> !word.isExcluded());
  }
}
