package dev.evergreen.server.team.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// The cookie that carries a session's token. Over TLS its name has the prefix `__Host-`, so that
/// no neighboring host can plant one.
final class SessionCookie {
  private SessionCookie() {}

  static Optional<String> read(HttpServletRequest request) {
    return Optional.ofNullable(WebUtils.getCookie(request, name(request)))
        .map(cookie -> cookie.getValue())
        .filter(value -> !value.isEmpty());
  }

  /// Lives as long as the browser: the session's own life is the server's to count.
  static void write(HttpServletRequest request, HttpServletResponse response, String token) {
    add(request, response, token, Duration.ofSeconds(-1));
  }

  static void clear(HttpServletRequest request, HttpServletResponse response) {
    add(request, response, "", Duration.ZERO);
  }

  private static void add(
      HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
    var cookie =
        ResponseCookie.from(name(request), value)
            .path("/")
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? "__Host-session" : "session";
  }
}
