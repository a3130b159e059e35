package dev.evergreen.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a step's title tells a person what to do, and one thing only.
final class Titles {
  private static final Set<String> VERBS = verbs();
  private static final Pattern BETWEEN = Pattern.compile("(?:,? and(?: then)?|, then|;|\\.) ");

  private Titles() {}

  static void check(String title, Spot at, Findings findings) {
    var parts = List.of(BETWEEN.split(title));
    if (!beginsWithVerb(parts.getFirst())) {
      findings.warning(
          at,
          "a title that does not begin with what to do",
          "a verb first",
          "write, for example, `Answer the customer`");
    } else if (parts.stream().skip(1).anyMatch(Titles::beginsWithVerb)) {
      findings.warning(
          at,
          "two things to do in one step",
          "one action for each step",
          "make a step of its own for the second");
    }
  }

  private static boolean beginsWithVerb(String text) {
    var first = text.strip().split("[^\\p{L}-]", 2)[0];
    return VERBS.contains(first.toLowerCase(Locale.ROOT));
  }

  private static Set<String> verbs() {
    try (var file = Titles.class.getResourceAsStream("verbs.txt")) {
      if (file == null) {
        throw new IllegalStateException("expected verbs.txt beside the classes");
      }
      return Set.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
