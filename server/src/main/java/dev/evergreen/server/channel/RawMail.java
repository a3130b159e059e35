package dev.evergreen.server.channel;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Raw mail on its way into the store: counted, hashed, and its Message-ID noted from the beginning
/// of the header, so that a second delivery is recognized before anything is parsed.
final class RawMail extends FilterInputStream {
  private static final int HEADER = 64 * 1024;
  private static final Pattern MESSAGE_ID =
      Pattern.compile(
          "^Message-ID:\\s*(\\S[^\\r\\n]{0,500})", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final MessageDigest hash;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private long size;

  RawMail(InputStream in) {
    super(in);
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 in every Java runtime", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int read = in.read(into, at, length);
    if (read > 0) {
      hash.update(into, at, read);
      size += read;
      beginning.write(into, at, Math.min(read, HEADER - Math.min(HEADER, beginning.size())));
    }
    return read;
  }

  long size() {
    return size;
  }

  String sha256() {
    return HexFormat.of().formatHex(hash.digest());
  }

  /// The Message-ID as written; empty when there is none.
  String messageId() {
    String text = beginning.toString(StandardCharsets.ISO_8859_1);
    int end = endOfHeader(text);
    Matcher id = MESSAGE_ID.matcher(text.substring(0, end));
    return id.find() ? id.group(1).strip().replace("\0", "") : "";
  }

  private static int endOfHeader(String text) {
    int crlf = text.indexOf("\r\n\r\n");
    int lf = text.indexOf("\n\n");
    int end = crlf < 0 ? lf : lf < 0 ? crlf : Math.min(crlf, lf);
    return end < 0 ? text.length() : end + 1;
  }
}
