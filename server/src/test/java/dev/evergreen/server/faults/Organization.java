package dev.evergreen.server.faults;

import dev.evergreen.server.platform.postgres.Onlooker;
import dev.evergreen.server.team.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  private static final Duration SETTLING = Duration.ofSeconds(90);

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

  /// How many tickets each numbered mail has become, once this running node has read the last one.
  static Map<Integer, Integer> settledTickets(Path data) throws SQLException {
    long end = System.nanoTime() + SETTLING.toNanos();
    while (mailsNotReadYet(data) > 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("expected every mail to be read within " + SETTLING);
      }
      Node.pause(200);
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

  /// Mails that were acknowledged and are not yet read; asked of the database, which goes on while
  /// its node is frozen.
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
    try (var connection = Onlooker.at(data);
        var rows = connection.createStatement().executeQuery(sql)) {
      return reading.of(rows);
    }
  }
}
