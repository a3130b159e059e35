package dev.evergreen.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

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
        assertThat(
                one(
                    statement,
                    """
                    select count(*) from pg_roles
                    where rolname = current_user
                      and (rolsuper or rolcreatedb or rolcreaterole or rolreplication)
                    """))
            .isEqualTo("0");
        assertThatThrownBy(() -> statement.execute("copy (select 1) to program 'true'"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> one(statement, "select pg_read_file('PG_VERSION')"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void the_server_keeps_what_it_acknowledges_and_listens_to_this_machine_only()
      throws SQLException, IOException {
    try (var server = EmbeddedPostgres.start(DATA, _ -> {});
        Connection connection = server.administrator();
        Statement statement = connection.createStatement()) {
      for (String setting :
          List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
        assertThat(one(statement, "show " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(one(statement, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(one(statement, "show unix_socket_directories")).isEmpty();
      assertThat(
              one(statement, "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThat(
              one(statement, "select datlocprovider from pg_database where datname = 'evergreen'"))
          .isEqualTo("b");
      assertThat(one(statement, "show logging_collector")).isEqualTo("on");
      assertThat(one(statement, "show log_rotation_age")).isEqualTo("1d");
      assertThat(one(statement, "show log_truncate_on_rotation")).isEqualTo("on");
    }
    Path home = Objects.requireNonNull(cluster().getParent());
    try (var files = Files.list(home)) {
      assertThat(files.filter(file -> file.toString().endsWith(".password")))
          .hasSize(2)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
    try (var logs = Files.list(home.resolve("log"))) {
      assertThat(logs).isNotEmpty().hasSizeLessThanOrEqualTo(7);
    }
  }

  @Test
  void a_pid_file_that_names_another_program_harms_nobody()
      throws IOException, InterruptedException {
    EmbeddedPostgres.start(DATA, _ -> {}).close();
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(cluster().resolve("postmaster.pid"), other.pid() + "\n" + cluster() + "\n");

      try (var server = EmbeddedPostgres.start(DATA, _ -> {})) {
        assertThat(answersWithin(server, 1_000)).isTrue();
      }
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_server_that_cannot_start_has_its_last_words_repeated() throws IOException {
    EmbeddedPostgres.start(DATA, _ -> {}).close();
    Path settings = cluster().resolve("postgresql.conf");
    String right = Files.readString(settings);
    try {
      Files.writeString(settings, right + "\nno_such_setting = 1\n");

      assertThatThrownBy(() -> EmbeddedPostgres.start(DATA, _ -> {}))
          .isInstanceOf(PostgresFailure.class)
          .hasMessageContaining("Expected the database in ")
          .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
    } finally {
      Files.writeString(settings, right);
    }
  }

  /// Whatever stands in for the archive on the class path, only the right one's programs are run.
  @Test
  void programs_of_another_archive_are_not_installed(@TempDir Path classes) throws IOException {
    archiveOf(classes.resolve(Programs.archive()), "bin/postgres", "#!/bin/sh\n");
    Path data = Path.of("target", "test-damaged").toAbsolutePath();

    assertThatThrownBy(() -> hold(classes + File.pathSeparator, data))
        .hasMessageContaining("archive with SHA-256")
        .hasMessageContaining("was changed or damaged");
    try (var left = Files.walk(data.resolve("postgres").toRealPath(), 1)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("programs-"));
    }
  }

  private static void archiveOf(Path file, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (var archive =
        new TarArchiveOutputStream(
            new XZOutputStream(Files.newOutputStream(file), new LZMA2Options(0)))) {
      var entry = new TarArchiveEntry(name);
      entry.setSize(bytes.length);
      archive.putArchiveEntry(entry);
      archive.write(bytes);
      archive.closeArchiveEntry();
    }
  }

  @Test
  void a_database_of_another_major_version_is_left_alone() throws IOException {
    EmbeddedPostgres.start(DATA, _ -> {}).close();
    Path cluster = cluster();
    Path other = cluster.resolveSibling("17");
    Files.move(cluster, other);
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(DATA, _ -> {}))
          .isInstanceOf(PostgresFailure.class)
          .hasMessageContaining("Expected a database of PostgreSQL 18")
          .hasMessageContaining("found one of PostgreSQL 17");
      assertThat(cluster).doesNotExist();
    } finally {
      Files.move(other, cluster);
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
    return hold("", DATA);
  }

  private static Process hold(String before, Path data) throws IOException {
    Process program =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    before + System.getProperty("java.class.path"),
                    HeldDatabase.class.getName(),
                    data.toString()))
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
