package dev.evergreen.server.ticket.web;

import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Images as pages show them: only the kinds that browsers draw and nothing that runs, never to be
/// taken for anything else.
final class Pictures {
  private static final Set<String> DRAWN =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  private Pictures() {}

  static boolean isDrawn(String type) {
    return DRAWN.contains(type);
  }

  static ResponseEntity<InputStreamResource> answer(String type, long size, InputStream content) {
    return ResponseEntity.ok()
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePrivate())
        .contentType(MediaType.parseMediaType(type))
        .contentLength(size)
        .body(new InputStreamResource(content));
  }
}
