package dev.evergreen.server.channel.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A structured header such as Content-Type: its value in lower case and its parameters, continued
/// and encoded ones (RFC 2231) put together, encoded words in them decoded although RFC 2047
/// forbids them there. Broken input gives what can be made out, never an exception.
record HeaderValue(String value, Map<String, String> parameters) {
  HeaderValue {
    parameters = Map.copyOf(parameters);
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  static HeaderValue parse(String header) {
    int at = header.indexOf(';');
    String value = (at < 0 ? header : header.substring(0, at)).strip().toLowerCase(Locale.ROOT);
    var plain = new HashMap<String, String>();
    var pieces = new HashMap<String, TreeMap<Integer, Piece>>();
    var scan = new Scan(header, at < 0 ? header.length() : at + 1);
    for (int count = 0; scan.next() && count < 100; count++) {
      int star = scan.name.indexOf('*');
      if (star < 0) {
        plain.putIfAbsent(scan.name, EncodedWords.decode(scan.text));
      } else {
        String section = scan.name.substring(star + 1);
        boolean encoded = section.isEmpty() || section.endsWith("*");
        pieces
            .computeIfAbsent(scan.name.substring(0, star), _ -> new TreeMap<>())
            .putIfAbsent(numberOf(section), new Piece(scan.text, encoded));
      }
    }
    pieces.forEach((name, parts) -> plain.put(name, joined(parts)));
    return new HeaderValue(value, plain);
  }

  private record Piece(String text, boolean encoded) {}

  private static int numberOf(String section) {
    String digits = section.replace("*", "");
    return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
  }

  private static String joined(TreeMap<Integer, Piece> parts) {
    var bytes = new ByteArrayOutputStream();
    String charset = null;
    boolean first = true;
    for (Piece piece : parts.values()) {
      String text = piece.text();
      if (first && piece.encoded()) {
        int quote = text.indexOf('\'');
        int second = text.indexOf('\'', quote + 1);
        if (quote >= 0 && second > quote) {
          charset = text.substring(0, quote);
          text = text.substring(second + 1);
        }
      }
      bytes.writeBytes(piece.encoded() ? unescaped(text) : text.getBytes(StandardCharsets.UTF_8));
      first = false;
    }
    return Charsets.decode(bytes.toByteArray(), charset);
  }

  private static byte[] unescaped(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (text.charAt(i) == '%' && low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(text.charAt(i)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /// Walks over `name=value; name="quoted \" value"` and past anything else.
  private static final class Scan {
    private final String in;
    private int at;
    private String name = "";
    private String text = "";

    Scan(String in, int at) {
      this.in = in;
      this.at = at;
    }

    boolean next() {
      while (at < in.length()) {
        int equals = in.indexOf('=', at);
        if (equals < 0) {
          at = in.length();
          return false;
        }
        String before = in.substring(at, equals);
        name = before.substring(before.lastIndexOf(';') + 1).strip().toLowerCase(Locale.ROOT);
        at = equals + 1;
        text = value();
        if (!name.isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private String value() {
      while (at < in.length() && Character.isWhitespace(in.charAt(at))) {
        at++;
      }
      if (at < in.length() && in.charAt(at) == '"') {
        return quotedValue();
      }
      int end = in.indexOf(';', at);
      end = end < 0 ? in.length() : end;
      String found = in.substring(at, end).strip();
      at = Math.min(end + 1, in.length());
      return found;
    }

    private String quotedValue() {
      var found = new StringBuilder();
      for (at++; at < in.length() && in.charAt(at) != '"'; at++) {
        char c = in.charAt(at);
        boolean escape =
            c == '\\' && at + 1 < in.length() && "\\\"".indexOf(in.charAt(at + 1)) >= 0;
        found.append(escape ? in.charAt(++at) : c);
      }
      int end = in.indexOf(';', at);
      at = end < 0 ? in.length() : end + 1;
      return found.toString();
    }
  }
}
