package dev.evergreen.server.platform;

import java.util.regex.Pattern;

/// What something happened to, or is about: a kind ("ticket") and the id of its row. The ledger,
/// due times and live pages address everything by it, so that none of them needs a business word.
public record Subject(String kind, long id) {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z-]*");

  public Subject {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException(
          "expected a subject's kind in lower-case letters, but it is '" + kind + "'");
    }
  }

  /// Reads what [#toString] writes: `ticket:42`.
  public static Subject parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "expected a subject such as ticket:42, but found '" + text + "'");
    }
    return new Subject(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return kind + ":" + id;
  }
}
