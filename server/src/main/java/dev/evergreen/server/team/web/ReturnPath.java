package dev.evergreen.server.team.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where to go after signing in: a path on this server and nothing else, however it is spelt.
final class ReturnPath {
  private ReturnPath() {}

  /// The path if it is safe, else the start page.
  static String of(@Nullable String asked) {
    return asked != null && isSafe(asked) ? asked : "/";
  }

  // Browsers read `\` as `/` and drop tabs and line ends, so neither may come through.
  private static boolean isSafe(String asked) {
    if (asked.length() > 2000
        || !asked.startsWith("/")
        || asked.contains("//")
        || asked.contains("..")
        || !asked.chars().allMatch(letter -> letter > ' ' && letter < 0x7f && letter != '\\')) {
      return false;
    }
    try {
      var uri = new URI(asked);
      return uri.getScheme() == null && uri.getRawAuthority() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// The sign-in page that leads back to this path.
  static String signInThenTo(String path) {
    var safe = of(path);
    return safe.equals("/")
        ? "/sign-in"
        : "/sign-in?next=" + URLEncoder.encode(safe, StandardCharsets.UTF_8);
  }
}
