package dev.evergreen.server.platform;

import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The built-in database of an installation that runs: a command works beside it.
public final class RunningDatabase {
  private RunningDatabase() {}

  /// Its address, sign-in included; empty when nothing runs on that folder.
  public static Optional<String> urlOf(Path data) {
    return EmbeddedPostgres.running(data)
        .map(door ->
            door.url()
                + (door.url().contains("?") ? "&" : "?")
                + "user="
                + encoded(door.user())
                + "&password="
                + encoded(door.password()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
