package dev.evergreen.server.platform;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/// Rows on their way into a statement. A single one is spelt out, the most frequent case and the
/// one that the database plans best; several travel as one array a column, in a text that does not
/// grow with them: each number of rows spelt out would be another statement to plan.
public final class RowValues {
  private enum Type {
    BIGINT(Types.BIGINT, Long[]::new),
    INT(Types.INTEGER, Integer[]::new),
    SMALLINT(Types.SMALLINT, Short[]::new),
    BOOLEAN(Types.BOOLEAN, Boolean[]::new),
    TEXT(Types.VARCHAR, String[]::new),
    /// Given as text.
    TIMESTAMPTZ(Types.VARCHAR, String[]::new);

    final int sqlType;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor, which keeps nothing
    final IntFunction<Object[]> array;

    final String parameter = "cast(? as " + name() + ")";
    final String arrayParameter = "cast(? as " + name() + "[])";

    Type(int sqlType, IntFunction<Object[]> array) {
      this.sqlType = sqlType;
      this.array = array;
    }
  }

  /// The names and types of the columns that rows have.
  public static final class Columns {
    private final List<Type> types;
    private final String alias;
    private final String row;
    private final String arrays;

    private Columns(String name, List<String[]> columns) {
      types = columns.stream().map(column -> Type.valueOf(column[1])).toList();
      alias =
          columns.stream()
              .map(column -> column[0])
              .collect(Collectors.joining(", ", " as " + name + " (", ")"));
      row = types.stream().map(type -> type.parameter).collect(Collectors.joining(", ", "(", ")"));
      arrays =
          types.stream()
              .map(type -> type.arrayParameter)
              .collect(Collectors.joining(", ", "unnest(", ")"));
    }

    /// Of rows that a statement knows by this name.
    ///
    /// @param columns each as `run BIGINT`
    public static Columns of(String name, String... columns) {
      return new Columns(name, Arrays.stream(columns).map(column -> column.split(" ")).toList());
    }
  }

  private final Columns columns;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  public RowValues(Columns columns) {
    this.columns = columns;
  }

  /// Adds a row, with its values in the order of the columns.
  public void add(@Nullable Object... values) {
    if (values.length != columns.types.size()) {
      throw new IllegalArgumentException(
          "expected %d values, but found %d".formatted(columns.types.size(), values.length));
    }
    rows.add(values);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  int size() {
    return rows.size();
  }

  /// What stands behind `from`; adds what the database is to read there.
  String source(List<Object> parameters) {
    if (rows.size() == 1) {
      @Nullable Object[] row = rows.getFirst();
      for (int i = 0; i < row.length; i++) {
        parameters.add(new SqlParameterValue(columns.types.get(i).sqlType, row[i]));
      }
      return "(values " + columns.row + ")" + columns.alias;
    }
    for (int i = 0; i < columns.types.size(); i++) {
      int column = i;
      parameters.add(
          rows.stream().map(row -> row[column]).toArray(columns.types.get(column).array));
    }
    return columns.arrays + columns.alias;
  }
}
