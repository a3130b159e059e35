package dev.evergreen.server.channel.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decodes the encoded words of RFC 2047 in header values, as they are rather than as they should
/// be: neighbours of one charset are joined as bytes before they are decoded, because many programs
/// cut a character in two; what cannot be decoded stays as it was written.
final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?\\s]{1,60})\\?([bBqQ])\\?([^?]{0,20000})\\?=");

  private EncodedWords() {}

  static String decode(String value) {
    if (!value.contains("=?")) {
      return value;
    }
    var out = new StringBuilder();
    var pending = new ByteArrayOutputStream();
    String charset = "";
    int end = 0;
    Matcher word = WORD.matcher(value);
    while (word.find()) {
      String between = value.substring(end, word.start());
      byte[] bytes = bytesOf(word.group(2), word.group(3));
      if (bytes == null) {
        continue;
      }
      String named = word.group(1).replaceFirst("\\*.*", "");
      boolean neighbour = pending.size() > 0 && between.isBlank();
      if (!neighbour || !named.equalsIgnoreCase(charset)) {
        out.append(Charsets.decode(pending.toByteArray(), charset));
        pending.reset();
        out.append(neighbour ? "" : between);
      }
      pending.writeBytes(bytes);
      charset = named;
      end = word.end();
    }
    return out.append(Charsets.decode(pending.toByteArray(), charset))
        .append(value, end, value.length())
        .toString();
  }

  private static byte @Nullable [] bytesOf(String encoding, String text) {
    if (encoding.equalsIgnoreCase("q")) {
      return quoted(text);
    }
    try {
      return Base64.getMimeDecoder().decode(text.replaceAll("=+$", ""));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static byte[] quoted(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (c == '=' && low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.writeBytes((c == '_' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
