package dev.evergreen.server.workflow.studio;

import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/// A file as it stands: for git, or for another installation.
final class Download {
  private Download() {}

  /// @param name without its ending
  static ResponseEntity<byte[]> yaml(String name, String text) {
    return of(text, "application/yaml; charset=utf-8", name + ".yaml");
  }

  static ResponseEntity<byte[]> of(String text, String type, String file) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(file).build().toString())
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
