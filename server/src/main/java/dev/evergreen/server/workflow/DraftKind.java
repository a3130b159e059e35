package dev.evergreen.server.workflow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What drafts are written of, and what a name and a text of it must be like.
enum DraftKind {
  WORKFLOW("workflow", 200_000, "product-return"),
  PROCESS("process", 50_000, "after-sales");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,79}");

  private final Pattern nameLine;
  private final String key;
  private final int longest;
  private final String example;

  /// @param longest more letters than any that people can read has
  DraftKind(String key, int longest, String example) {
    this.key = key;
    this.longest = longest;
    this.example = example;
    this.nameLine = Pattern.compile("(?m)^" + key + ":[ \\t]*\\S.*$");
  }

  /// Why it cannot be called that; null when it can.
  @Nullable String problemWithName(String name) {
    return NAME.matcher(name).matches()
        ? null
        : "Expected a name of small letters, digits and hyphens that begins with a letter, such as"
            + " %s; found “%s”.".formatted(example, name);
  }

  /// Why a text cannot be kept; null when it can.
  @Nullable String problemWithText(String text) {
    return text.length() <= longest
        ? null
        : "Expected at most %,d characters, but found %,d.".formatted(longest, text.length());
  }

  /// The text with its first line saying that name.
  String named(String text, String name) {
    var line = nameLine.matcher(text);
    return line.find() ? line.replaceFirst(key + ": " + name) : text;
  }

  /// A text as a browser sends it, with the line ends that files have.
  static String plain(String text) {
    return text.replace("\r\n", "\n").replace("\0", "");
  }
}
