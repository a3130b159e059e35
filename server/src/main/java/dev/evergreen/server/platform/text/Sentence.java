package dev.evergreen.server.platform.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with gaps, `Expected a name of 1 to {0} letters.`, which knows itself again when they are
/// filled. So whoever refuses something says it in plain English, wherever that is, and knows
/// nothing of languages.
record Sentence(
    String english, String translated, String start, String end, String longest, Pattern filled) {
  private static final Pattern GAP = Pattern.compile("\\{(\\d)}");
  private static final Pattern COUNT = Pattern.compile("\\{0} \\p{L}+( \\p{L}+)?");
  private static final String QUOTED_START = "“";

  /// In `{0} business days` stands a number: a line that ends with these words is not meant.
  static Sentence of(String english, String translated) {
    var pattern = new StringBuilder();
    var gaps = GAP.matcher(english);
    String anything = COUNT.matcher(english).matches() ? "\\d[\\d,]*" : ".+?";
    int from = 0;
    int first = english.length();
    while (gaps.find()) {
      first = Math.min(first, gaps.start());
      pattern.append(Pattern.quote(english.substring(from, gaps.start())));
      pattern.append("(?<g").append(gaps.group(1)).append(">");
      pattern.append(isQuoted(english, gaps.group(1)) ? ".*?" : anything).append(")");
      from = gaps.end();
    }
    pattern.append(Pattern.quote(english.substring(from)));
    return new Sentence(
        english,
        translated,
        english.substring(0, first),
        english.substring(from),
        longest(english),
        Pattern.compile(pattern.toString(), Pattern.DOTALL));
  }

  static boolean hasGaps(String english) {
    return GAP.matcher(english).find();
  }

  /// How much of it is said by itself: of two that fit, the one that says more is meant.
  int weight() {
    return GAP.matcher(english).replaceAll("").length();
  }

  /// Told by a glance, without reading it.
  boolean mayBe(String text) {
    return text.startsWith(start) && text.endsWith(end) && text.contains(longest);
  }

  /// What stands in the gaps, in their order; empty when the text is another one.
  Optional<List<String>> in(String text) {
    Matcher matcher = filled.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var found = new ArrayList<String>();
    for (int gap = 0; gap < matcher.groupCount(); gap++) {
      found.add(matcher.group("g" + gap));
    }
    return Optional.of(found);
  }

  /// Whether a gap stands between quotation marks: then it is a name or what somebody typed, and
  /// stays as it is.
  boolean isQuoted(int gap) {
    return isQuoted(english, Integer.toString(gap));
  }

  private static boolean isQuoted(String english, String gap) {
    return english.contains(QUOTED_START + "{" + gap + "}");
  }

  private static String longest(String english) {
    return Arrays.stream(GAP.split(english))
        .max(Comparator.comparingInt(String::length))
        .orElse(english);
  }
}
