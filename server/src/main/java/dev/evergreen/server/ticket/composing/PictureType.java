package dev.evergreen.server.ticket.composing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The kinds of image that mail programs show, told from their first bytes and never from what
/// somebody calls them.
enum PictureType {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  WEBP("image/webp");

  /// So many bytes tell which it is.
  static final int HEAD = 12;

  final String mediaType;

  PictureType(String mediaType) {
    this.mediaType = mediaType;
  }

  static Optional<PictureType> of(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return Optional.of(GIF);
    }
    return start.startsWith("RIFF") && start.startsWith("WEBP", 8)
        ? Optional.of(WEBP)
        : Optional.empty();
  }
}
