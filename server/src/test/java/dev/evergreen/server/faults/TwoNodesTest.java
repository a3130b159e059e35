package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node holds no truth: with two of them on one PostgreSQL, killing either stops nothing.
@Tag("fault")
class TwoNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void what_one_node_acknowledged_another_goes_on_with(@TempDir Path folder) throws Exception {
    Organization.openTo(folder);
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), _ -> {});
        var first = node(postgres, folder, "first", "keys");
        var second = node(postgres, folder, "second", "keys");
        var agent = new Visitor()) {
      first.start().awaitReady(PATIENCE);
      second.start().awaitReady(PATIENCE);
      Organization.found(first);
      agent.submit(
          first.page("/sign-in"),
          Map.of("email", Organization.EMAIL, "password", Organization.PASSWORD));

      assertThat(agent.open(first.page("/tickets?view=all")).statusCode()).isEqualTo(200);
      assertThat(agent.open(second.page("/tickets?view=all")).statusCode()).isEqualTo(200);

      for (int number = 1; number <= 20; number++) {
        send(first, number);
      }
      first.kill();

      assertThat(await(agent, second, "Power cut 20")).contains("Power cut 1", "Power cut 20");

      send(second, 21);
      assertThat(await(agent, second, "Power cut 21")).contains("Power cut 21");
    }
  }

  @Test
  void a_node_with_another_secret_key_does_not_start(@TempDir Path folder) throws IOException {
    Organization.openTo(folder);
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), _ -> {});
        var first = node(postgres, folder, "first", "keys");
        var stranger = node(postgres, folder, "stranger", "other-keys")) {
      first.start().awaitReady(PATIENCE);

      assertThatThrownBy(() -> stranger.start().awaitReady(PATIENCE))
          .hasMessageContaining("Expected the secret key with which this installation's");
    }
  }

  private static Node node(EmbeddedPostgres postgres, Path folder, String name, String dataFolder) {
    var url =
        postgres.url()
            + (postgres.url().contains("?") ? "&" : "?")
            + "user="
            + postgres.user()
            + "&password="
            + URLEncoder.encode(postgres.password(), StandardCharsets.UTF_8);
    return new Node(
        folder.resolve(name + ".log"),
        "--data",
        folder.resolve(dataFolder).toString(),
        "--database-url",
        url);
  }

  private static void send(Node node, int number) throws IOException {
    try (var line = new SmtpLine(node.mailPort())) {
      line.open("amara@okafor.example", Organization.ADDRESS);
      line.text(
          """
          From: Amara Okafor <amara@okafor.example>
          To: <%s>
          Subject: Power cut %d
          Message-ID: <power-cut-%d@okafor.example>

          The lights went out while I wrote this.
          """
              .formatted(Organization.ADDRESS, number, number));
      assertThat(line.finish()).isTrue();
    }
  }

  /// The subjects in the list as the agent sees it once the given one stands there.
  private static List<String> await(Visitor agent, Node node, String subject) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      var page = Jsoup.parse(agent.open(node.page("/tickets?view=all")).body());
      var subjects = page.select(".row-ticket .what").eachText();
      if (subjects.contains(subject) || System.nanoTime() > end) {
        return subjects;
      }
      Node.pause(300);
    }
  }
}
