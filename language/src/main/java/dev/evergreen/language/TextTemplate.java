package dev.evergreen.language;

import java.util.Map;

/// A message text in Liquid, to be filled in with values. Plain text in, plain text out.
public final class TextTemplate {
  private final String source;

  private TextTemplate(String source) {
    this.source = source;
  }

  /// Throws [Malformed] when the text is not Liquid.
  public static TextTemplate parse(String liquid) {
    return new TextTemplate(liquid);
  }

  /// Throws [Malformed] when the text names a value that does not exist or takes too much time or
  /// room.
  public String render(Map<String, Object> values) {
    throw new UnsupportedOperationException("to be written: " + source + values);
  }

  /// What is wrong with a text, and where; lines and columns count from 1.
  public static final class Malformed extends RuntimeException {
    private final int line;
    private final int column;

    Malformed(String problem, int line, int column) {
      super(problem);
      this.line = line;
      this.column = column;
    }

    public int line() {
      return line;
    }

    public int column() {
      return column;
    }
  }
}
