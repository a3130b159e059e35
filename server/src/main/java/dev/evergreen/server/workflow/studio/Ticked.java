package dev.evergreen.server.workflow.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A sentence of the checks, taken apart: what stands between backticks is what a file says.
public record Ticked(String text, boolean code) {
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("else", "“If nothing comes”"),
          Map.entry("otherwise", "“Otherwise”"),
          Map.entry("on", "“Meanwhile”"),
          Map.entry("after", "“It takes too long”"),
          Map.entry("within", "“Within”"),
          Map.entry("by", "“Who”"),
          Map.entry("at most", "“At most”"),
          Map.entry("until", "“Until”"),
          Map.entry("with", "its fields"),
          Map.entry("- end: silent", "the end"));

  /// The key of an example: `within: 4 business hours`.
  private static final Pattern EXAMPLE = Pattern.compile("^[a-z ]+: (?=\\S)");

  /// The same as a sentence of its own: with a capital, and a full stop.
  public static List<Ticked> sentence(String words) {
    return of(Names.capital(words) + (words.endsWith(".") || words.endsWith("?") ? "" : "."));
  }

  /// A sentence for whoever fills in forms: what a file calls by a key, they know by a label.
  public static List<Ticked> forForms(String words) {
    return sentence(words).stream().map(Ticked::forForms).toList();
  }

  private static Ticked forForms(Ticked part) {
    String label = part.code() ? LABELS.get(part.text().replaceFirst(":$", "")) : null;
    if (label != null) {
      return new Ticked(label, false);
    }
    return part.code() ? new Ticked(EXAMPLE.matcher(part.text()).replaceFirst(""), true) : part;
  }

  public static List<Ticked> of(String sentence) {
    var parts = new ArrayList<Ticked>();
    String[] pieces = sentence.split("`", -1);
    for (int i = 0; i < pieces.length; i++) {
      if (!pieces[i].isEmpty()) {
        parts.add(new Ticked(pieces[i], i % 2 == 1));
      }
    }
    return parts;
  }
}
