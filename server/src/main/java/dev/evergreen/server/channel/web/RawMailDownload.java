package dev.evergreen.server.channel.web;

import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Hands a raw mail out as a file: streamed, and never shown by the browser as a page of ours.
@Component
class RawMailDownload {
  private final Files files;

  RawMailDownload(Files files) {
    this.files = files;
  }

  void write(FileId mail, String name, HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".eml\"");
    response.setContentLengthLong(files.size(mail));
    try (InputStream content = files.open(mail)) {
      content.transferTo(response.getOutputStream());
    }
  }
}
