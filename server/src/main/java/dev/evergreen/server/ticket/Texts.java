package dev.evergreen.server.ticket;

/// Short forms of what people write.
public final class Texts {
  private static final int SUBJECT_MAX = 500;
  private static final int PREVIEW_MAX = 160;

  private Texts() {}

  /// A subject to show: what was given, else the beginning of the text.
  static String subject(String given, String text) {
    var subject = shortened(given.isBlank() ? preview(text) : given, SUBJECT_MAX);
    return subject.isEmpty() ? "(no subject)" : subject;
  }

  /// The beginning of a text on one line.
  public static String preview(String text) {
    return shortened(text.substring(0, Math.min(text.length(), 4 * PREVIEW_MAX)), PREVIEW_MAX);
  }

  private static String shortened(String text, int max) {
    var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.codePointCount(0, line.length()) <= max
        ? line
        : line.substring(0, line.offsetByCodePoints(0, max - 1)).strip() + "…";
  }
}
