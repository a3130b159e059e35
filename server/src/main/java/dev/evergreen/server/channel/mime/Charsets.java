package dev.evergreen.server.channel.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bytes to text when the declared charset is missing, misspelt or a lie. Never fails; what cannot
/// be decoded becomes the replacement character. The result holds no NUL, which no column may hold.
final class Charsets {
  private static final Charset WESTERN = Charset.forName("windows-1252");

  /// What names mean in practice: supersets that the senders' programs really used.
  private static final Map<String, String> IN_PRACTICE =
      Map.of(
          "iso-8859-1", "windows-1252",
          "latin1", "windows-1252",
          "us-ascii", "windows-1252",
          "ascii", "windows-1252",
          "gb2312", "GB18030",
          "gbk", "GB18030",
          "shift_jis", "windows-31j",
          "shift-jis", "windows-31j",
          "ks_c_5601-1987", "x-windows-949",
          "utf8", "UTF-8");

  private Charsets() {}

  static String decode(byte[] bytes, @Nullable String declared) {
    Charset charset = named(declared);
    if (charset == null && escapes(bytes)) {
      charset = Charset.forName("ISO-2022-JP");
    }
    boolean doubtful =
        charset == null || charset.equals(WESTERN) || charset.equals(StandardCharsets.UTF_8);
    String text = doubtful || charset == null ? "\uFFFD" : new String(bytes, charset);
    if (text.indexOf('\uFFFD') < 0) {
      return clean(text);
    }
    String strict = strictly(bytes);
    if (strict != null) {
      return clean(strict);
    }
    return clean(doubtful ? new String(bytes, WESTERN) : text);
  }

  /// Text that every column can hold.
  static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  private static boolean escapes(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == 0x1B && (bytes[i + 1] == '$' || bytes[i + 1] == '(')) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String strictly(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private static @Nullable Charset named(@Nullable String declared) {
    if (declared == null || declared.isBlank()) {
      return null;
    }
    String name = declared.strip().replaceAll("[\"';]", "").toLowerCase(Locale.ROOT);
    try {
      return Charset.forName(IN_PRACTICE.getOrDefault(name, name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return null;
    }
  }
}
