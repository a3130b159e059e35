package dev.evergreen.server.desk.web.find;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Somewhere the command bar leads, and of what kind that is.
public record Command(String label, String kind, String href, String icon) {
  static Command search(String typed) {
    return new Command(
        "Search for “" + typed + "”",
        "search",
        "/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8),
        "search");
  }
}
