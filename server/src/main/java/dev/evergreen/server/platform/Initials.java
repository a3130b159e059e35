package dev.evergreen.server.platform;

/// At most two letters that stand for a face: of the first and the last word of a name.
public final class Initials {
  private Initials() {}

  public static String of(String name) {
    var words = name.strip().split("\\s+");
    var initials = new StringBuilder();
    if (!words[0].isEmpty()) {
      initials.appendCodePoint(Character.toUpperCase(words[0].codePointAt(0)));
    }
    if (words.length > 1) {
      initials.appendCodePoint(Character.toUpperCase(words[words.length - 1].codePointAt(0)));
    }
    return initials.toString();
  }
}
