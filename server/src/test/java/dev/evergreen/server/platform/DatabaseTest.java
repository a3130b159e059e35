package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseTest {

  /// An external database may compile what looks costly, and every scan looks so to these sessions.
  @Test
  void sessions_look_things_up_and_compile_nothing() {
    try (var node = new TestNode(TestDatabase.create())) {
      assertThat(setting(node.jdbc, "enable_seqscan")).isEqualTo("off");
      assertThat(setting(node.jdbc, "jit")).isEqualTo("off");
      assertThat(setting(node.jdbc, "idle_in_transaction_session_timeout")).isEqualTo("15s");
    }
  }

  private static String setting(JdbcClient jdbc, String name) {
    return jdbc.sql("select current_setting(:name)")
        .param("name", name)
        .query((row, _) -> row.getString(1))
        .single();
  }
}
