package dev.evergreen.server.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class AssetController {

  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  @GetMapping("/assets/{name}")
  ResponseEntity<byte[]> show(
      HttpServletRequest request,
      @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false)
          @Nullable String encodings) {
    return Assets.at(request.getRequestURI())
        .map(asset -> answer(asset, encodings != null && encodings.contains("gzip")))
        .orElseGet(() -> ResponseEntity.notFound().build());
  }

  private static ResponseEntity<byte[]> answer(Asset asset, boolean unpacks) {
    boolean packed = unpacks && asset.isPacked();
    var response =
        ResponseEntity.ok()
            .cacheControl(FOR_EVER)
            .header(HttpHeaders.CONTENT_TYPE, asset.type)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    return packed
        ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.gzip)
        : response.body(asset.plain);
  }
}
