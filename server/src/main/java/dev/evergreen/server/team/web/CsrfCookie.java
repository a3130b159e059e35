package dev.evergreen.server.team.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/// Double submit: the token of a form or header must equal the one in a cookie that no script and
/// no neighboring host can read or write. Works before anybody is signed in and needs no session.
final class CsrfCookie implements CsrfTokenRepository {
  private final CookieCsrfTokenRepository plain = named("csrf");
  private final CookieCsrfTokenRepository secure = named("__Host-csrf");

  private static CookieCsrfTokenRepository named(String name) {
    var repository = new CookieCsrfTokenRepository();
    repository.setCookieName(name);
    repository.setHeaderName("X-CSRF-Token");
    repository.setCookiePath("/");
    repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    return repository;
  }

  private CookieCsrfTokenRepository of(HttpServletRequest request) {
    return request.isSecure() ? secure : plain;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    return of(request).generateToken(request);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    of(request).saveToken(token, request, response);
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return of(request).loadToken(request);
  }
}
