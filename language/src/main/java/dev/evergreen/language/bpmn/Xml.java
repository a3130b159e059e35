package dev.evergreen.language.bpmn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Writes XML, indented, with everything escaped that has to be.
final class Xml {
  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private final Deque<String> open = new ArrayDeque<>();
  private boolean inTag;

  Xml open(String name) {
    closeTag();
    out.append("  ".repeat(open.size())).append('<').append(name);
    open.push(name);
    inTag = true;
    return this;
  }

  /// Leaves out what is null.
  Xml with(String name, @Nullable Object value) {
    if (value != null) {
      out.append(' ').append(name).append("=\"").append(escaped(value.toString())).append('"');
    }
    return this;
  }

  Xml close() {
    String name = open.pop();
    if (inTag) {
      out.append("/>\n");
      inTag = false;
    } else {
      out.append("  ".repeat(open.size())).append("</").append(name).append(">\n");
    }
    return this;
  }

  /// Closes the element with only this text in it.
  Xml close(String text) {
    String name = open.pop();
    inTag = false;
    out.append('>').append(escaped(text)).append("</").append(name).append(">\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void closeTag() {
    if (inTag) {
      out.append(">\n");
      inTag = false;
    }
  }

  private static String escaped(String text) {
    var safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\n', '\t', '\r' -> safe.append("&#").append(point).append(';');
            default -> safe.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
          }
        });
    return safe.toString();
  }

  /// The characters of XML 1.0 beside the three above.
  private static boolean isAllowed(int point) {
    return (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
