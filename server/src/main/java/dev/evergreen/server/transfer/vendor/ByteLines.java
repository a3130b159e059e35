package dev.evergreen.server.transfer.vendor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a file as bytes, each with its end. One that is very long comes in pieces, of which
/// only the first is a beginning.
final class ByteLines implements AutoCloseable {
  private static final int LONGEST = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int length;
  private boolean isBeginning = true;

  ByteLines(InputStream in) {
    this.in = in;
  }

  /// A line or, of one that is longer than the buffer, a part of it.
  static final class Line {
    private final byte[] bytes;
    private final boolean isBeginning;

    Line(byte[] bytes, boolean isBeginning) {
      this.bytes = bytes;
      this.isBeginning = isBeginning;
    }

    byte[] bytes() {
      return bytes;
    }

    boolean isBeginning() {
      return isBeginning;
    }

    boolean isBlank() {
      return isBeginning && (bytes[0] == '\n' || (bytes[0] == '\r' && bytes.length == 2));
    }

    boolean startsWith(byte[] beginning) {
      if (!isBeginning || bytes.length < beginning.length) {
        return false;
      }
      for (int i = 0; i < beginning.length; i++) {
        if (bytes[i] != beginning[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /// Null at the end.
  @Nullable Line next() throws IOException {
    var line = new ByteArrayOutputStream(128);
    boolean begins = isBeginning;
    while (line.size() < LONGEST) {
      if (at == length) {
        at = 0;
        length = in.read(buffer);
        if (length <= 0) {
          length = 0;
          break;
        }
      }
      byte one = buffer[at++];
      line.write(one);
      if (one == '\n') {
        isBeginning = true;
        return new Line(line.toByteArray(), begins);
      }
    }
    isBeginning = false;
    return line.size() == 0 ? null : new Line(line.toByteArray(), begins);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
