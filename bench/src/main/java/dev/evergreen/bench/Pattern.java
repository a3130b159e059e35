package dev.evergreen.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rows that something has made in a database, as one statement that makes them once more under
/// other keys.
///
/// @param sql has one parameter, a number that no other copy has
/// @param rows how many it makes
record Pattern(String sql, int rows) {
  /// Copies keep this far from each other: more than a pattern's own keys are apart.
  private static final int APART = 1_000;

  interface Making {
    Paces make() throws Exception;
  }

  private record Column(String name, String type) {
    boolean isNumber() {
      return type.equals("bigint");
    }

    boolean isText() {
      return type.equals("text");
    }
  }

  /// What is in the database after `making` and was not before: inserted rows, by the transaction
  /// that wrote them. Positions of readers, which are changed in place, are no part of it.
  static Pattern of(String url, Making making) throws Exception {
    try (var connection = DriverManager.getConnection(url)) {
      long before = transaction(connection);
      var numbers = newest(connection);
      making.make();
      var parts = new ArrayList<String>();
      for (var table : tables(connection)) {
        inserts(connection, table, before, numbers, parts);
      }
      var sql = new StringBuilder("with copy as (select cast(? as bigint) as number)");
      for (int i = 0; i < parts.size(); i++) {
        sql.append(",\nmade").append(i).append(" as (").append(parts.get(i)).append(")");
      }
      return new Pattern(sql + "\nselect number from copy", parts.size());
    }
  }

  private static long transaction(Connection connection) throws SQLException {
    return number(
        connection, "select cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)");
  }

  /// Up to where each table's rows are old, whoever changes them later.
  private static Set<String> newest(Connection connection) throws SQLException {
    var known = new HashSet<String>();
    for (var table : tables(connection)) {
      var keys = keys(connection, table);
      if (!keys.isEmpty()) {
        texts(
                connection,
                "select '%s ' || concat_ws(' ', %s) from %s"
                    .formatted(table, String.join(", ", keys), table))
            .forEach(known::add);
      }
    }
    return known;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return texts(
        connection,
        """
        select quote_ident(relname) from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'
          and relname not like 'flyway%'
        order by relname
        """);
  }

  private static List<String> keys(Connection connection, String table) throws SQLException {
    return texts(
        connection,
        """
        select quote_ident(attname)
        from pg_index
        join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = '%s'::regclass and indisprimary
        order by attnum
        """
            .formatted(table));
  }

  private static void inserts(
      Connection connection, String table, long before, Set<String> known, List<String> parts)
      throws SQLException {
    var columns = columns(connection, table);
    var unique =
        new HashSet<>(
            texts(
                connection,
                """
                select quote_ident(attname)
                from pg_index
                join pg_attribute on attrelid = indrelid and attnum = any(indkey)
                where indrelid = '%s'::regclass and indisunique
                """
                    .formatted(table)));
    var keys = keys(connection, table);
    var values =
        columns.stream()
            .map(column -> "quote_nullable(cast(%s as text))".formatted(column.name()))
            .toList();
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select concat_ws(' ', %s), %s from %s where cast(cast(xmin as text) as bigint) >= %d"
                    .formatted(
                        keys.isEmpty() ? "''" : String.join(", ", keys),
                        String.join(", ", values),
                        table,
                        before))) {
      while (row.next()) {
        if (known.contains(table + " " + row.getString(1))) {
          continue;
        }
        var copied = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
          copied.add(copied(columns.get(i), row.getString(i + 2), unique));
        }
        parts.add(
            "insert into %s (%s) overriding system value select %s from copy"
                .formatted(
                    table,
                    String.join(", ", columns.stream().map(Column::name).toList()),
                    String.join(", ", copied)));
      }
    }
  }

  private static String copied(Column column, String literal, Set<String> unique) {
    var value = "cast(%s as %s)".formatted(literal, column.type());
    if (!unique.contains(column.name()) || literal.equals("NULL")) {
      return value;
    }
    return column.isNumber()
        ? value + " + " + APART + " * copy.number"
        : column.isText() ? value + " || copy.number" : value;
  }

  private static List<Column> columns(Connection connection, String table) throws SQLException {
    var columns = new ArrayList<Column>();
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select quote_ident(attname), format_type(atttypid, atttypmod)
                from pg_attribute
                where attrelid = '%s'::regclass and attnum > 0 and not attisdropped
                  and attgenerated = ''
                order by attnum
                """
                    .formatted(table))) {
      while (row.next()) {
        columns.add(new Column(row.getString(1), row.getString(2)));
      }
    }
    return columns;
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    var texts = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
