package dev.evergreen.server.platform.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// One call that changes something, and how it is known when it is sent again: by its
/// `Idempotency-Key`, which counts for its caller alone.
///
/// @param caller the same for all calls of one caller
/// @param key null when the caller gave none: then a call sent twice is done twice
/// @param path method and path
public record ApiCall(String caller, @Nullable String key, String path) {
  private static final String HEADER = "Idempotency-Key";
  private static final int LONGEST = 100;

  /// @throws ApiRefusal when the key is too long to be kept
  public static ApiCall of(HttpServletRequest request, String caller) {
    String key = request.getHeader(HEADER);
    if (key != null && (key.isBlank() || key.length() > LONGEST)) {
      throw ApiRefusal.invalid(
          "Expected %s to have 1 to %d characters, but found %d."
              .formatted(HEADER, LONGEST, key.length()));
    }
    return new ApiCall(caller, key, request.getMethod() + " " + request.getRequestURI());
  }

  /// The same for the same call with the same body.
  String fingerprint(Object body) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest((path + "\0" + body).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
