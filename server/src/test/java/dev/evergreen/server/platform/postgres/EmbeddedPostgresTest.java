package dev.evergreen.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  /// Kept between runs: what is tested is what happens to a folder that exists.
  private static final Path DATA = Path.of("target", "test-supervisor").toAbsolutePath();

  @Test
  void after_the_program_is_killed_the_server_stops_cleanly_and_the_next_start_is_immediate()
      throws IOException, InterruptedException {
    for (int round = 1; round <= 3; round++) {
      Process program = hold();

      program.destroyForcibly().waitFor();

      for (int looks = 0; looks < 500 && !Running.on(cluster()).isEmpty(); looks++) {
        Thread.sleep(20);
      }
      assertThat(Running.on(cluster())).isEmpty();
      assertThat(cluster().resolve("postmaster.pid")).doesNotExist();
    }

    var words = new ArrayList<String>();
    try (var server = EmbeddedPostgres.start(DATA, words::add)) {
      assertThat(server.url()).startsWith("jdbc:postgresql://127.0.0.1:");
    }
    assertThat(words).noneMatch(said -> said.contains("recover"));
  }

  @Test
  void a_second_node_on_the_folder_is_refused_with_a_clear_sentence()
      throws IOException, InterruptedException {
    Process program = hold();
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(DATA, _ -> {}))
          .isInstanceOf(PostgresFailure.class)
          .hasMessageContaining("to be free, but the running Evergreen with process id")
          .hasMessageContaining(Long.toString(program.pid()));
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  @Test
  void nobody_enters_without_the_password_and_the_application_is_no_superuser()
      throws SQLException {
    try (var server = EmbeddedPostgres.start(DATA, _ -> {})) {
      assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "evergreen", "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");

      try (Connection connection =
              DriverManager.getConnection(server.url(), server.user(), server.password());
          Statement statement = connection.createStatement()) {
        assertThat(one(statement, "show is_superuser")).isEqualTo("off");
        assertThat(one(statement, "show data_checksums")).isEqualTo("on");
        assertThat(one(statement, "show fsync")).isEqualTo("on");
        assertThatThrownBy(() -> statement.execute("copy (select 1) to program 'true'"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> one(statement, "select pg_read_file('PG_VERSION')"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void a_server_that_is_killed_comes_back_by_itself_at_the_same_address()
      throws SQLException, InterruptedException {
    try (var server = EmbeddedPostgres.start(DATA, _ -> {})) {
      Running.on(cluster()).forEach(ProcessHandle::destroyForcibly);

      assertThat(answersWithin(server, 10_000)).isTrue();
    }
  }

  @Test
  void the_server_never_runs_as_root() throws IOException {
    try (var _ = EmbeddedPostgres.start(DATA, _ -> {})) {
      for (ProcessHandle process : Running.on(cluster())) {
        assertThat(Files.getAttribute(Path.of("/proc", process.pid() + ""), "unix:uid"))
            .isNotEqualTo(0);
      }
      assertThat(Running.on(cluster())).isNotEmpty();
    }
  }

  private static boolean answersWithin(EmbeddedPostgres server, int millis)
      throws InterruptedException {
    for (int waited = 0; waited < millis; waited += 100) {
      Thread.sleep(100);
      try (Connection _ =
          DriverManager.getConnection(server.url(), server.user(), server.password())) {
        return true;
      } catch (SQLException _) {
        // not yet
      }
    }
    return false;
  }

  private static Path cluster() {
    try {
      return DATA.resolve("postgres").toRealPath().resolve(Programs.MAJOR);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// Another JVM that holds the folder's database; returns when that is ready.
  private static Process hold() throws IOException {
    Process program =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    HeldDatabase.class.getName(),
                    DATA.toString()))
            .redirectErrorStream(true)
            .start();
    var output =
        new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready")) {
        return program;
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("expected the program to be ready, but it said: " + said);
  }
}
