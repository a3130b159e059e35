package dev.evergreen.server.team.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// A cookie that carries a secret for us alone. Over TLS its name has the prefix `__Host-`, so that
/// no neighboring host can plant one.
enum OwnCookie {
  /// The session. Lives as long as the browser: the session's own life is the server's to count.
  SESSION("session", Duration.ofSeconds(-1)),
  /// The password was right, a code is asked for.
  SECOND_STEP("second-step", Duration.ofMinutes(10)),
  /// On the way to a provider of identities and back.
  PROVIDER("provider", Duration.ofMinutes(10)),
  /// While a device is asked for a passkey, or makes one.
  PASSKEY("passkey", Duration.ofMinutes(10));

  private final String name;
  private final Duration age;

  OwnCookie(String name, Duration age) {
    this.name = name;
    this.age = age;
  }

  Optional<String> read(HttpServletRequest request) {
    return Optional.ofNullable(WebUtils.getCookie(request, name(request)))
        .map(cookie -> cookie.getValue())
        .filter(value -> !value.isEmpty());
  }

  void write(HttpServletRequest request, HttpServletResponse response, String token) {
    add(request, response, token, age);
  }

  void clear(HttpServletRequest request, HttpServletResponse response) {
    add(request, response, "", Duration.ZERO);
  }

  private void add(
      HttpServletRequest request, HttpServletResponse response, String value, Duration life) {
    var cookie =
        ResponseCookie.from(name(request), value)
            .path("/")
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .maxAge(life)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  private String name(HttpServletRequest request) {
    return request.isSecure() ? "__Host-" + name : name;
  }
}
