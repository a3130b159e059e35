package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Started as root, the database runs as another user, who cannot look into a closed folder.
@Tag("fault")
class DataFolderTest {
  private static final Path ELSEWHERE = Path.of("/var/lib/evergreen");

  @TempDir Path parent;

  @Test
  void under_a_closed_folder_the_database_lies_where_its_user_can_reach_it() throws Exception {
    closedToOthers();
    var data = parent.resolve("data-" + ProcessHandle.current().pid());
    var log = parent.resolve("node.log");
    try {
      try (var node = new Node(log, "--data", data.toString())) {
        node.start().awaitReady(Installation.PATIENCE);
      }

      assertThat(Files.readSymbolicLink(data.resolve("postgres"))).startsWith(ELSEWHERE);
    } finally {
      delete(data.resolve("postgres").toRealPath());
    }
  }

  @Test
  void a_database_in_a_folder_that_was_closed_later_is_not_begun_anew() throws Exception {
    closedToOthers();
    var data = parent.resolve("data");
    Files.createDirectories(data.resolve("postgres"));

    var node = new Node(parent.resolve("node.log"), "--data", data.toString()).start();

    assertThat(node.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(node.lastWords())
        .contains("evergreen: Expected the user ")
        .contains("a folder above it is closed to others: open it (chmod o+x)");
  }

  private void closedToOthers() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      Verdict.skipped("a data folder under a closed folder", "expected to run as root");
      abort("expected to run as root");
    }
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
  }

  private static void delete(Path cluster) throws IOException {
    if (!cluster.startsWith(ELSEWHERE)) {
      return;
    }
    try (var files = Files.walk(cluster)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
