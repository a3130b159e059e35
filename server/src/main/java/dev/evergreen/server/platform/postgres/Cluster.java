package dev.evergreen.server.platform.postgres;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// The files of one database server inside a data folder, and how they come to be.
///
/// `18/` is the cluster (named by its major version, so that a newer Evergreen finds the older one
/// beside it), `*.password` are the two random passwords, `log/` is what the server says.
record Cluster(Path home, ServerAccount account) {
  /// Owns the cluster; used only to make the application's role and database.
  static final String ADMINISTRATOR = "evergreen_administrator";

  /// Owns its database, and can neither run programs of the server nor read its files.
  static final String APPLICATION = "evergreen";

  private static final SecureRandom RANDOM = new SecureRandom();

  Path folder() {
    return home.resolve(Programs.MAJOR);
  }

  Path log() {
    return home.resolve("log");
  }

  Path startLog() {
    return home.resolve("start.log");
  }

  Path portFile() {
    return home.resolve("port");
  }

  String password(String role) {
    try {
      return Files.readString(home.resolve(role + ".password")).strip();
    } catch (IOException e) {
      throw new PostgresFailure(
          "Expected the password of the database role %s in %s, but: %s."
              .formatted(role, home, e.getMessage()),
          e);
    }
  }

  /// Makes the cluster unless it is there. It appears by a rename, so a crash leaves none or a
  /// whole one.
  void initialize(Programs programs) throws IOException {
    if (!Files.isDirectory(log())) {
      account.own(Files.createDirectory(log()));
    }
    if (Files.exists(folder())) {
      return;
    }
    refuseOtherMajor();
    writePassword(APPLICATION);
    writePassword(ADMINISTRATOR);
    Path unfinished = home.resolve("cluster.unfinished");
    Path passwordFile = home.resolve("initdb.password");
    Files.deleteIfExists(passwordFile);
    Files.writeString(passwordFile, password(ADMINISTRATOR));
    account.own(passwordFile);
    try {
      Shell.Result made =
          Shell.run(
              home,
              account.command(
                  List.of(
                      "/bin/sh",
                      "-c",
                      "rm -rf \"$1\" && exec \"$0\" -D \"$1\" -U %s --pwfile=\"$2\" --auth=scram-sha-256 --data-checksums --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-instructions"
                          .formatted(ADMINISTRATOR),
                      programs.path("initdb"),
                      unfinished.toString(),
                      passwordFile.toString())));
      if (made.status() != 0) {
        throw new PostgresFailure(
            "Expected initdb to make a database in %s, but it said:%n%s"
                .formatted(home, made.output()));
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(unfinished, folder(), StandardCopyOption.ATOMIC_MOVE);
  }

  /// Makes the application's role and database on the running server, once.
  void equip(int port) throws IOException {
    Path done = home.resolve("equipped");
    if (Files.exists(done)) {
      return;
    }
    try (Connection connection = connect(port, "postgres", ADMINISTRATOR);
        Statement statement = connection.createStatement()) {
      if (isEmpty(statement, "select from pg_roles where rolname = 'evergreen'")) {
        statement.execute(
            "create role evergreen login nosuperuser nocreatedb nocreaterole noreplication password '%s'"
                .formatted(password(APPLICATION)));
      }
      if (isEmpty(statement, "select from pg_database where datname = 'evergreen'")) {
        statement.execute("create database evergreen owner evergreen");
      }
      statement.execute("revoke connect on database evergreen, postgres from public");
    } catch (SQLException e) {
      throw new PostgresFailure(
          "Expected to make the application's database, but: " + e.getMessage(), e);
    }
    Files.createFile(done);
  }

  Connection connect(int port, String database, String role) throws SQLException {
    return DriverManager.getConnection(url(port, database), role, password(role));
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, database);
  }

  private void refuseOtherMajor() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      files
          .filter(file -> Files.exists(file.resolve("PG_VERSION")))
          .filter(file -> !file.endsWith("cluster.unfinished"))
          .findFirst()
          .ifPresent(other -> {
            throw new PostgresFailure(
                "Expected a database of PostgreSQL %s in %s, but found one of PostgreSQL %s: this Evergreen cannot take it over; start the Evergreen that made it."
                    .formatted(Programs.MAJOR, home, other.getFileName()));
          });
    }
  }

  private void writePassword(String role) throws IOException {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    Path file = home.resolve(role + ".password");
    Files.deleteIfExists(file);
    Files.createFile(file, OwnerOnly.FILE);
    Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static boolean isEmpty(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }
}
