package dev.evergreen.server.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.web.util.WebUtils;

/// The reader's choices, which the browser keeps in two cookies: what it shows needs no account.
final class Choices {

  private Choices() {}

  static Page.Preferences of(HttpServletRequest request) {
    String theme = cookie(request, "theme");
    return new Page.Preferences(
        theme.equals("dark") || theme.equals("light") ? theme : "", zone(cookie(request, "zone")));
  }

  /// The browser's time zone; UTC until it has said one.
  private static ZoneId zone(String name) {
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException _) {
      return ZoneOffset.UTC;
    }
  }

  private static String cookie(HttpServletRequest request, String name) {
    var cookie = WebUtils.getCookie(request, name);
    return cookie == null ? "" : cookie.getValue();
  }
}
