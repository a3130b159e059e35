package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseCheckTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "server_version_num", "150000",
          "server_encoding", "UTF8",
          "fsync", "on",
          "full_page_writes", "on",
          "synchronous_commit", "on");

  @Test
  void a_durable_server_that_is_new_enough_passes() {
    assertThatNoException().isThrownBy(() -> DatabaseCheck.pass(GOOD));
    assertThatNoException()
        .isThrownBy(() -> DatabaseCheck.pass(with("synchronous_commit", "remote_apply")));
  }

  @Test
  void an_older_server_is_refused() {
    refused("server_version_num", "140018", "PostgreSQL 15 or newer");
    refused("server_version_num", "140018", "version 14");
    refused("server_version_num", "90624", "version 9");
  }

  @Test
  void a_server_that_can_lose_what_it_acknowledged_is_refused() {
    refused("fsync", "off", "its setting fsync is off: turn it on.");
    refused("full_page_writes", "off", "its setting full_page_writes is off: turn it on.");
    refused("synchronous_commit", "off", "its setting synchronous_commit is off: turn it on.");
  }

  @Test
  void a_database_that_cannot_hold_every_character_is_refused() {
    refused("server_encoding", "LATIN1", "encoding UTF8, but it has LATIN1");
  }

  @Test
  void the_settings_are_those_of_the_real_server() {
    TestDatabase database = TestDatabase.create();
    try (var pool = database.open(1)) {
      assertThatNoException().isThrownBy(() -> DatabaseCheck.pass(pool));
      JdbcClient jdbc = JdbcClient.create(pool);
      String name = jdbc.sql("select current_database()").query(String.class).single();
      jdbc.sql("alter database %s set synchronous_commit = off".formatted(name)).update();
    }
    try (var pool = database.open(1)) {
      assertThatThrownBy(() -> DatabaseCheck.pass(pool))
          .isInstanceOf(PostgresFailure.class)
          .hasMessageContaining("synchronous_commit is off");
    }
  }

  private static void refused(String setting, String value, String words) {
    assertThatThrownBy(() -> DatabaseCheck.pass(with(setting, value)))
        .isInstanceOf(PostgresFailure.class)
        .hasMessageContaining(words);
  }

  private static Map<String, String> with(String setting, String value) {
    var settings = new HashMap<>(GOOD);
    settings.put(setting, value);
    return settings;
  }
}
