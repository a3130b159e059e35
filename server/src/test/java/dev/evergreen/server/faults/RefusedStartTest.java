package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.postgres.BareServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must not start says why in one sentence, and ends.
@Tag("fault")
class RefusedStartTest {
  /// Kept between runs: its preparation is not what is tested.
  private static final Path DATABASE = Path.of("target", "test-bare").toAbsolutePath();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
  void a_database_that_can_lose_what_it_acknowledged_is_refused(String setting)
      throws IOException, InterruptedException {
    try (var lossy = BareServer.start(DATABASE, List.of(setting + "=off"))) {
      var node = on(lossy.url());

      assertThat(node.start().awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
      assertThat(node.lastWords())
          .contains(
              "evergreen: Expected a database that keeps what it acknowledged, but its setting "
                  + setting
                  + " is off: turn it on.");
    }
  }

  @Test
  void a_node_with_another_secret_key_is_refused() throws InterruptedException {
    var stranger = on(Pair.ready().installation.url());

    assertThat(stranger.start().awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(stranger.lastWords())
        .contains("Expected the secret key with which this installation's");
  }

  private Node on(String url) {
    return new Node(
        folder.resolve("node.log"),
        "--data",
        folder.resolve("keys").toString(),
        "--database-url",
        url);
  }
}
