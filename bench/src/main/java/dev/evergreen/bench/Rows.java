package dev.evergreen.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows that belong to one of Evergreen's runs at a moment of its life, as patterns for others.
///
/// @param all in the order in which they are to be written
record Rows(List<Row> all) {
  static final Rows NONE = new Rows(List.of());

  /// @param columns in the table's order
  record Row(String table, Map<String, Column> columns) {}

  /// A value in the database's own text form.
  ///
  /// @param ofRun whether the run's number stands before the text
  record Column(String type, boolean ofRun, @Nullable String text) {
    @Nullable String textFor(long run) {
      return ofRun ? run + Objects.toString(text, "") : text;
    }
  }

  /// One statement that turns the rows of any run from what they were before into what they are
  /// after.
  record Change(String sql, List<Column> parameters) {
    void fill(PreparedStatement statement, long run) throws SQLException {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i).textFor(run));
      }
    }
  }

  /// The newest run that `condition` holds for.
  ///
  /// @param since the revision after which the ledger's entries count
  static Rows newest(Connection connection, String condition, long since) throws SQLException {
    long run =
        number(
            connection,
            "select max(run.id) from run join task on task.run = run.id where " + condition);
    var rows = new ArrayList<Row>();
    rows.addAll(read(connection, run, "run", "id = " + run));
    rows.addAll(
        read(
            connection,
            run,
            "ledger",
            "subject_kind = 'run' and subject_id = %d and revision > %d order by id"
                .formatted(run, since)));
    rows.addAll(read(connection, run, "task", "run = " + run));
    rows.addAll(read(connection, run, "due", "key like '%d/%%'".formatted(run)));
    return new Rows(List.copyOf(rows));
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  long revision() {
    return Long.parseLong(
        Objects.requireNonNull(column(only("run").orElseThrow(), "revision").text()));
  }

  private Optional<Row> only(String table) {
    return all.stream().filter(row -> row.table().equals(table)).findAny();
  }

  Change from(Rows before) {
    var statements = new ArrayList<String>();
    var parameters = new ArrayList<Column>();
    for (var row : all) {
      var was = row.table().equals("ledger") ? Optional.<Row>empty() : before.only(row.table());
      if (was.isEmpty()) {
        statements.add(insert(row, parameters));
      } else if (!row.table().equals("due")) {
        update(row, was.get(), parameters).ifPresent(statements::add);
      }
    }
    if (only("due").isEmpty()) {
      before.only("due").ifPresent(due -> statements.add(delete(due, parameters)));
    }
    var last = statements.removeLast();
    var sql = new StringBuilder();
    for (int i = 0; i < statements.size(); i++) {
      sql.append(i == 0 ? "with" : ",").append(" s").append(i).append(" as (");
      sql.append(statements.get(i)).append(")");
    }
    return new Change(sql + " " + last, List.copyOf(parameters));
  }

  private static String insert(Row row, List<Column> parameters) {
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    row.columns()
        .forEach((name, column) -> {
          names.add(name);
          if (column.type().equals("xid8")) {
            values.add("pg_current_xact_id()");
          } else {
            values.add(parameter(column));
            parameters.add(column);
          }
        });
    return "insert into %s (%s) values (%s)"
        .formatted(row.table(), String.join(", ", names), String.join(", ", values));
  }

  /// Sets what differs.
  private static Optional<String> update(Row row, Row was, List<Column> parameters) {
    var sets = new ArrayList<String>();
    row.columns()
        .forEach((name, column) -> {
          if (!column.ofRun() && !column.equals(was.columns().get(name))) {
            sets.add(name + " = " + parameter(column));
            parameters.add(column);
          }
        });
    if (sets.isEmpty()) {
      return Optional.empty();
    }
    var key = row.table().equals("run") ? "id" : "run";
    parameters.add(column(row, key));
    return Optional.of(
        "update %s set %s where %s = cast(? as bigint)"
            .formatted(row.table(), String.join(", ", sets), key));
  }

  private static String delete(Row due, List<Column> parameters) {
    parameters.add(column(due, "kind"));
    parameters.add(column(due, "key"));
    return "delete from due where kind = ? and key = ?";
  }

  private static Column column(Row row, String name) {
    return Objects.requireNonNull(row.columns().get(name), name);
  }

  private static String parameter(Column column) {
    return "cast(? as " + column.type() + ")";
  }

  private static List<Row> read(Connection connection, long run, String table, String condition)
      throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select * from " + table + " where " + condition)) {
      var shape = row.getMetaData();
      var rows = new ArrayList<Row>();
      while (row.next()) {
        var columns = new LinkedHashMap<String, Column>();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
          var name = shape.getColumnName(i);
          if (!isDrawn(table, name)) {
            columns.put(
                name, column(table, name, shape.getColumnTypeName(i), row.getString(i), run));
          }
        }
        rows.add(new Row(table, columns));
      }
      return rows;
    }
  }

  /// Whether the database draws the number when the row is written.
  private static boolean isDrawn(String table, String name) {
    return name.equals("id") && !table.equals("run");
  }

  private static Column column(
      String table, String name, String type, @Nullable String text, long run) {
    var number = Long.toString(run);
    var asText = type.endsWith("serial") ? "bigint" : type;
    return switch (table + "." + name) {
      case "run.id", "run.subject_id", "ledger.subject_id", "task.run", "task.subject_id" ->
          new Column(asText, true, null);
      case "ledger.actor_id" ->
          new Column(asText, number.equals(text), number.equals(text) ? null : text);
      case "due.key" ->
          new Column(asText, true, Objects.requireNonNull(text).substring(number.length()));
      default -> new Column(asText, false, text);
    };
  }
}
