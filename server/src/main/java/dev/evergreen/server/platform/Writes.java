package dev.evergreen.server.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlParameterValue;

/// One statement made of several writes side by side: one round trip for all of them.
public final class Writes {
  private final List<String> parts = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private String numbers = "select 1 where false";
  private Consumer<List<Long>> taker = _ -> {};

  /// Adds a part; nothing when there are no rows for it.
  ///
  /// @param part a data-modifying query with its name, and `%s` where it reads its rows
  public void add(String part, RowValues rows) {
    if (!rows.isEmpty()) {
      parts.add(part.replace("%s", rows.source(parameters)));
    }
  }

  /// Adds a part that is the same whatever is written.
  void add(String part) {
    parts.add(part);
  }

  /// Has numbers that the statement finds taken.
  void returning(String query, Consumer<List<Long>> by) {
    numbers = query;
    taker = by;
  }

  /// Executes it now.
  void execute(JdbcOperations jdbc) {
    taken(jdbc.execute((Connection connection) -> connection.prepareStatement(sql()), this::found));
  }

  /// Executes it as the transaction's last act, with the commit in the same round trip. A
  /// transaction that has done nothing else needs no beginning and no end of its own.
  void executeAndCommit(JdbcOperations jdbc) {
    taken(
        jdbc.execute(
            (Connection connection) ->
                connection.prepareStatement(isAlone(connection) ? sql() : sql() + ";COMMIT"),
            (PreparedStatement statement) -> {
              Connection connection = statement.getConnection();
              return isAlone(connection) ? foundAlone(connection, statement) : found(statement);
            }));
  }

  private static boolean isAlone(Connection connection) throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
  }

  private List<Long> foundAlone(Connection connection, PreparedStatement statement)
      throws SQLException {
    connection.setAutoCommit(true);
    try {
      return found(statement);
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(false);
      }
    }
  }

  private void taken(@Nullable List<Long> found) {
    taker.accept(found == null ? List.of() : found);
  }

  private List<Long> found(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      set(statement, i + 1, parameters.get(i));
    }
    statement.execute();
    var found = new ArrayList<Long>();
    try (var rows = statement.getResultSet()) {
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    }
    return found;
  }

  /// A parameter that is null has its type too, see [Typed].
  private static void set(PreparedStatement statement, int index, Object parameter)
      throws SQLException {
    if (parameter instanceof SqlParameterValue typed) {
      Object value = typed.getValue();
      if (value == null) {
        statement.setNull(index, typed.getSqlType());
      } else {
        statement.setObject(index, value);
      }
    } else {
      statement.setObject(index, parameter);
    }
  }

  private String sql() {
    return "with " + String.join(", ", parts) + numbers;
  }
}
