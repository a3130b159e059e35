package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseUrlTest {
  private final TestDatabase database = TestDatabase.create();

  @Test
  void both_forms_of_the_url_lead_to_the_same_database() {
    assertThat(nameOfDatabase(database.url())).startsWith("test_");
    assertThat(nameOfDatabase(asHandedOutByHosts(database.url())))
        .isEqualTo(nameOfDatabase(database.url()));
  }

  @Test
  void user_and_password_may_hold_any_character() {
    assertThat(DatabaseUrl.parse("postgres://eve%40shop:a+b%3A%2F@db.example:6543/desk?ssl=true"))
        .isEqualTo(
            new DatabaseUrl(
                "jdbc:postgresql://db.example:6543/desk?ssl=true", "eve@shop", "a+b:/"));
    assertThat(DatabaseUrl.parse("postgresql://db.example/desk"))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db.example/desk", null, null));
  }

  @Test
  void another_kind_of_url_is_refused_without_repeating_what_may_be_a_password() {
    assertThatThrownBy(() -> DatabaseUrl.parse("mysql://root:secret@db.example/desk"))
        .isInstanceOf(PostgresFailure.class)
        .hasMessageContaining("Expected a database URL such as postgres://")
        .hasMessageNotContaining("secret");
  }

  private static String nameOfDatabase(String url) {
    try (var pool = new ConnectionPool(DatabaseUrl.parse(url), 1)) {
      return JdbcClient.create(pool).sql("select current_database()").query(String.class).single();
    }
  }

  private static String asHandedOutByHosts(String jdbc) {
    URI uri = URI.create(jdbc.substring("jdbc:".length()));
    Map<String, String> query =
        Stream.of(uri.getQuery().split("&"))
            .map(part -> part.split("=", 2))
            .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    return "postgres://%s:%s@%s:%d%s?sslmode=disable"
        .formatted(
            query.get("user"),
            URLEncoder.encode(query.get("password"), StandardCharsets.UTF_8),
            uri.getHost(),
            uri.getPort(),
            uri.getPath());
  }
}
