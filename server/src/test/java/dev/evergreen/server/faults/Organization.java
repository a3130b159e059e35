package dev.evergreen.server.faults;

import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import dev.evergreen.server.team.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// The organization that the tests found on a node, and how its database is asked afterwards.
final class Organization {
  static final String ADDRESS = "support@localhost";
  static final String EMAIL = "ada@evergreen.example";
  static final String PASSWORD = "a long walk in the woods";

  private Organization() {}

  /// Lets the database's unprivileged user into a test's folder, so that all of it goes with it.
  static void openTo(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Does what a first visitor does.
  static void found(Node node) {
    try (var visitor = new Visitor(node.port())) {
      visitor.get("/welcome");
      var answer =
          visitor.post(
              "/welcome",
              Map.of(
                  "organization",
                  "Evergreen Tests",
                  "name",
                  "Ada Lindqvist",
                  "email",
                  EMAIL,
                  "password",
                  PASSWORD,
                  "support",
                  ADDRESS));
      if (answer.statusCode() != 302) {
        throw new IllegalStateException("expected to found the organization, but " + answer.body());
      }
    }
  }

  /// How many tickets each numbered mail has become, once the last mail has been read.
  static Map<Integer, Integer> settledTickets(Path data, Path log) throws SQLException {
    while (mailsNotReadYet(data) > 0) {
      try (var node = new Node(log, "--data", data.toString())) {
        node.start().awaitReady(Duration.ofSeconds(60));
        Node.pause(5_000);
      }
    }
    return asked(
        data,
        "select subject from ticket where subject like 'Crash %'",
        rows -> {
          var found = new TreeMap<Integer, Integer>();
          while (rows.next()) {
            found.merge(Integer.valueOf(rows.getString(1).substring(6)), 1, Integer::sum);
          }
          return found;
        });
  }

  /// Mails that were acknowledged and not yet read, in the data folder of a node that is down.
  static long mailsNotReadYet(Path data) throws SQLException {
    return asked(
        data,
        "select count(*) from arrival where state = 'waiting'",
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private static <T> T asked(Path data, String sql, Reading<T> reading) throws SQLException {
    try (var postgres = EmbeddedPostgres.start(data, _ -> {});
        var connection =
            DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
        var rows = connection.createStatement().executeQuery(sql)) {
      return reading.of(rows);
    }
  }
}
