package dev.evergreen.server.platform;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an external database is: `jdbc:postgresql://host/db?user=…&password=…`, or the form that
/// hosting services hand out, `postgres://user:password@host:port/db`.
record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  static DatabaseUrl parse(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(text, null, null);
    }
    if (text.startsWith("postgres://") || text.startsWith("postgresql://")) {
      URI uri = URI.create(text);
      String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return new DatabaseUrl(
          "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
          login[0].isEmpty() ? null : decoded(login[0]),
          login.length < 2 ? null : decoded(login[1]));
    }
    throw new PostgresFailure(
        "Expected a database URL such as postgres://user:password@host:5432/evergreen or jdbc:postgresql://…, but it begins with '%s'."
            .formatted(text.substring(0, Math.min(12, text.length()))));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
