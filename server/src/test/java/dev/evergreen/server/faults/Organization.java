package dev.evergreen.server.faults;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// The organization that the tests found on a node, and how its database is asked afterwards.
final class Organization {
  static final String ADDRESS = "support@evergreen.example";
  static final String EMAIL = "ada@evergreen.example";
  static final String PASSWORD = "a long walk in the woods";

  private Organization() {}

  /// Does what a first visitor does.
  static void found(Node node) throws IOException {
    try (var visitor = new Visitor()) {
      var answer =
          visitor.submit(
              node.page("/welcome"),
              Map.of(
                  "organization", "Evergreen Tests",
                  "name", "Ada Lindqvist",
                  "email", EMAIL,
                  "password", PASSWORD));
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("expected to found the organization, but " + answer.body());
      }
    }
  }

  /// How many tickets each numbered mail has become, asked until `expected` are there or the limit
  /// has passed.
  static Map<Integer, Integer> ticketsByNumber(String url, int expected, Duration limit)
      throws SQLException {
    var end = System.nanoTime() + limit.toNanos();
    while (true) {
      var found = ticketsByNumber(url);
      if (found.size() >= expected || System.nanoTime() > end) {
        return found;
      }
      Node.pause(200);
    }
  }

  private static Map<Integer, Integer> ticketsByNumber(String url) throws SQLException {
    var found = new TreeMap<Integer, Integer>();
    try (var connection = DriverManager.getConnection(url);
        var tickets =
            connection
                .createStatement()
                .executeQuery("select subject from ticket where subject like 'Crash %'")) {
      while (tickets.next()) {
        found.merge(Integer.valueOf(tickets.getString(1).substring(6)), 1, Integer::sum);
      }
    }
    return found;
  }
}
