package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;

/// Reads where a request comes from. What a browser says of itself is only a help to its owner:
/// nothing is decided by it.
final class Origins {
  /// A word in what browsers send, and what people call it.
  private record Sign(String word, String name) {}

  /// The first that is found counts: most browsers also name those they descend from.
  private static final List<Sign> BROWSERS =
      List.of(
          new Sign("Edg", "Edge"),
          new Sign("OPR/", "Opera"),
          new Sign("Firefox/", "Firefox"),
          new Sign("FxiOS/", "Firefox"),
          new Sign("CriOS/", "Chrome"),
          new Sign("Chrome/", "Chrome"),
          new Sign("Safari/", "Safari"));

  private static final List<Sign> SYSTEMS =
      List.of(
          new Sign("iPhone", "iPhone"),
          new Sign("iPad", "iPad"),
          new Sign("Android", "Android"),
          new Sign("Windows", "Windows"),
          new Sign("Mac OS", "macOS"),
          new Sign("CrOS", "ChromeOS"),
          new Sign("Linux", "Linux"));

  private Origins() {}

  static Origin of(HttpServletRequest request) {
    var said = request.getHeader(HttpHeaders.USER_AGENT);
    return new Origin(programOf(said == null ? "" : said), request.getRemoteAddr());
  }

  static String programOf(String said) {
    return first(BROWSERS, said, "A program") + " on " + first(SYSTEMS, said, "an unknown system");
  }

  private static String first(List<Sign> signs, String said, String otherwise) {
    return signs.stream()
        .filter(sign -> said.contains(sign.word()))
        .findFirst()
        .map(Sign::name)
        .orElse(otherwise);
  }
}
