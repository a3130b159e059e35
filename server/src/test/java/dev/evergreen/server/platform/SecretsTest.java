package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private final TestDatabase database = TestDatabase.create();

  @Test
  void a_key_is_the_same_on_every_node_that_has_the_secret_key(
      @TempDir Path data, @TempDir Path stranger) {
    try (var node = new TestNode(database)) {
      byte[] key = secrets(node, data).key("reply-token");

      assertThat(key).hasSize(32).isEqualTo(secrets(node, data).key("reply-token"));
      assertThat(key).isNotEqualTo(secrets(node, data).key("other"));
      assertThat(
              node.jdbc
                  .sql("select sealed from secret where name = 'reply-token'")
                  .query(byte[].class)
                  .single())
          .hasSize(12 + 32 + 16);
      assertThatThrownBy(() -> secrets(node, stranger).key("reply-token"))
          .hasMessageContaining("this node has another one");
    }
  }

  private static Secrets secrets(TestNode node, Path data) {
    return new Secrets(node.jdbc, node.transactions, node.clock, "", data);
  }
}
