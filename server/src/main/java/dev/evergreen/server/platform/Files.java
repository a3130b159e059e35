package dev.evergreen.server.platform;

import java.io.InputStream;
import org.springframework.stereotype.Component;

/// Stored files: rows of 256 kB chunks, so that they stream, are part of every transaction and
/// backup, and need no second store.
@Component
public final class Files {
  /// Reads the stream to its end and stores it, in the caller's transaction if there is one.
  public FileId store(InputStream content) {
    throw new UnsupportedOperationException();
  }

  /// Streams the content; reads a chunk at a time and holds no connection between chunks.
  public InputStream open(FileId id) {
    throw new UnsupportedOperationException();
  }

  public long size(FileId id) {
    throw new UnsupportedOperationException();
  }

  public void delete(FileId id) {
    throw new UnsupportedOperationException();
  }
}
