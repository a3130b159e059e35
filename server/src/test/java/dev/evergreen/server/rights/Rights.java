package dev.evergreen.server.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The table of who may do what, `rights.txt`: one row for each route.
final class Rights {
  static final Path TABLE = Path.of("src/test/resources/rights.txt");
  private static final List<String> COLUMNS =
      List.of("nobody", "collaborator", "limited", "agent", "lead", "administrator");

  private Rights() {}

  /// @param object what the route is about, by the name of its maker in [Objects]; `-` for nothing
  /// @param may what each may, in the order of the columns
  /// @param form what is sent beside what [Routes] thinks of
  record Row(String route, String object, List<String> may, Map<String, String> form) {
    String may(Person person) {
      return may.get(List.of(Person.values()).indexOf(person));
    }

    Row with(List<String> found) {
      return new Row(route, object, found, form);
    }

    String written() {
      var line = new StringBuilder("%-72s %-14s".formatted(route, object));
      may.forEach(word -> line.append(" %-8s".formatted(word)));
      if (!form.isEmpty()) {
        line.append(" | ");
        form.forEach((name, value) -> line.append(name).append('=').append(value).append('&'));
        line.setLength(line.length() - 1);
      }
      return line.toString().stripTrailing();
    }
  }

  /// Who asks.
  enum Person {
    NOBODY,
    COLLABORATOR,
    /// Has a role of one's own for the tickets of one team, without closing and merging.
    LIMITED,
    AGENT,
    LEAD,
    ADMINISTRATOR
  }

  static Map<String, Row> read() throws IOException {
    var rows = new LinkedHashMap<String, Row>();
    for (var line : Files.readAllLines(TABLE)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        var row = row(line);
        if (rows.put(row.route(), row) != null) {
          throw new IllegalStateException("expected one row for " + row.route());
        }
      }
    }
    return rows;
  }

  private static Row row(String line) {
    var halves = line.split(" \\| ", 2);
    var words = List.of(halves[0].strip().split("\\s+"));
    if (words.size() != 3 + COLUMNS.size()) {
      throw new IllegalStateException(
          "expected method, path, object and a word for each of %s, but found: %s"
              .formatted(COLUMNS, line));
    }
    var form = new LinkedHashMap<String, String>();
    if (halves.length == 2) {
      Arrays.stream(halves[1].strip().split("&"))
          .map(field -> field.split("=", 2))
          .forEach(field -> form.put(field[0], field[1]));
    }
    return new Row(
        words.get(0) + " " + words.get(1), words.get(2), words.subList(3, words.size()), form);
  }
}
