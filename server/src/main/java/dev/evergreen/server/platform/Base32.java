package dev.evergreen.server.platform;

/// Base 32 of RFC 4648 in small letters and without padding: what survives in the local part of an
/// address on servers that change the case of letters, and what people can type.
public final class Base32 {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  public static String encode(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | (b & 0xFF)) & 0xFFFF;
      for (bits += 8; bits >= 5; bits -= 5) {
        text.append(LETTERS.charAt(buffer >> (bits - 5) & 31));
      }
    }
    return bits == 0
        ? text.toString()
        : text.append(LETTERS.charAt(buffer << (5 - bits) & 31)).toString();
  }

  /// Decodes what [#encode] wrote; bits that fill no byte are dropped.
  public static byte[] decode(String text) {
    var bytes = new byte[text.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      buffer = (buffer << 5 | LETTERS.indexOf(text.charAt(i))) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }
}
