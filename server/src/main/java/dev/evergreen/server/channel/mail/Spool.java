package dev.evergreen.server.channel.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A mail while it comes over a slow wire: small ones in memory, larger ones in a temporary file,
/// so that no database transaction waits for a sender. Past the limit it only counts.
final class Spool implements AutoCloseable {
  private static final int IN_MEMORY = 128 * 1024;

  private final long limit;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;
  private long size;

  Spool(long limit) {
    this.limit = limit;
  }

  /// Reads the stream to its end, but no further than `most` bytes.
  void fill(InputStream in, long most) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size += read;
      if (size <= limit) {
        write(buffer, read);
      } else if (size > most) {
        throw new IOException("expected at most " + most + " bytes, but the sender goes on");
      }
    }
  }

  boolean isTooLarge() {
    return size > limit;
  }

  InputStream open() throws IOException {
    if (file == null || out == null) {
      return new ByteArrayInputStream(memory.toByteArray());
    }
    out.flush();
    return new BufferedInputStream(Files.newInputStream(file));
  }

  private void write(byte[] buffer, int length) throws IOException {
    if (out == null && memory.size() + length > IN_MEMORY) {
      file = Files.createTempFile("evergreen-mail", ".eml");
      out = Files.newOutputStream(file);
      memory.writeTo(out);
      memory.reset();
    }
    if (out == null) {
      memory.write(buffer, 0, length);
    } else {
      out.write(buffer, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
