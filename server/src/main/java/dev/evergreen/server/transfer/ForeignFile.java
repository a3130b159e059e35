package dev.evergreen.server.transfer;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A file that stands on a message elsewhere.
///
/// @param content how to read it; null when what was given only says where it once was
public record ForeignFile(
    String name, String type, @Nullable String contentId, @Nullable Content content) {
  /// Opens it when its ticket is taken, and not before.
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }
}
