package dev.evergreen.language;

import java.util.Set;

/// Looks over the tags of a Liquid text before it is parsed: the parser takes a step down its stack
/// for each level, and far more time for a long tag than for many short ones.
final class TextTags {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 30;
  private static final Set<String> BLOCKS =
      Set.of("if", "unless", "case", "for", "tablerow", "capture", "comment", "raw", "ifchanged");

  private TextTags() {}

  /// @throws TextTemplate.Malformed when a tag is too long, or too many stand within one another
  static void check(String liquid, TextPlaces places) {
    int depth = 0;
    for (int from = next(liquid, 0); from >= 0; ) {
      int until = end(liquid, from);
      var tag = liquid.substring(from + 2, Math.max(from + 2, until));
      if (liquid.charAt(from + 1) == '%') {
        depth += step(tag);
      }
      if (tag.length() > LONGEST) {
        throw new TextTemplate.Malformed(
            "found a tag of %d characters, expected at most %d".formatted(tag.length(), LONGEST),
            places.line(from),
            places.column(from));
      }
      if (depth > DEEPEST || depthOf(tag) > DEEPEST) {
        throw new TextTemplate.Malformed(
            "found more than %d levels, expected fewer within one another".formatted(DEEPEST),
            places.line(from),
            places.column(from));
      }
      from = next(liquid, Math.max(from + 2, until));
    }
  }

  /// Where the next tag begins; -1 when there is none.
  private static int next(String liquid, int from) {
    int output = liquid.indexOf("{{", from);
    int tag = liquid.indexOf("{%", from);
    return output < 0 || tag < 0 ? Math.max(output, tag) : Math.min(output, tag);
  }

  /// Where the tag that begins here ends: what stands in quotes does not end it.
  private static int end(String liquid, int from) {
    var close = liquid.charAt(from + 1) == '%' ? "%}" : "}}";
    for (int at = from + 2; at < liquid.length(); at++) {
      char letter = liquid.charAt(at);
      if (liquid.startsWith(close, at)) {
        return at;
      }
      if (letter == '\'' || letter == '"') {
        int quoted = liquid.indexOf(letter, at + 1);
        at = quoted < 0 ? liquid.length() : quoted;
      }
    }
    return liquid.length();
  }

  private static int step(String tag) {
    var word = tag.replaceFirst("^-?\\s*", "").split("\\W", 2)[0];
    return BLOCKS.contains(word) ? 1 : word.startsWith("end") ? -1 : 0;
  }

  /// How deep its parentheses and brackets go, as if none were closed in the wrong order.
  private static int depthOf(String tag) {
    int depth = 0;
    int deepest = 0;
    for (int at = 0; at < tag.length(); at++) {
      switch (tag.charAt(at)) {
        case '(', '[' -> deepest = Math.max(deepest, ++depth);
        case ')', ']' -> depth--;
        default -> {
          // of no depth
        }
      }
    }
    return deepest;
  }
}
