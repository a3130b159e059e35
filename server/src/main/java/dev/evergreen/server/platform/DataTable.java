package dev.evergreen.server.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What a table holds about customers as people: the entry of one table in the data map.
///
/// @param holds in words, for those who read the map; for a table without personal data, why it has
///   none
/// @param rows which of its rows are about whom, and what becomes of them; empty when none is
/// @param hidden columns that are no data about anybody, such as hashes of secrets, and are left
///   out of what a person is given
public record DataTable(String table, String holds, List<Rows> rows, Set<String> hidden) {
  public DataTable {
    rows = List.copyOf(rows);
    hidden = Set.copyOf(hidden);
  }

  public static DataTable of(String table, String holds, Rows... rows) {
    return new DataTable(table, holds, List.of(rows), Set.of());
  }

  /// Tables that hold nothing about customers, for the same reason.
  public static List<DataTable> none(String why, String... tables) {
    return Arrays.stream(tables)
        .map(table -> new DataTable(table, why, List.of(), Set.of()))
        .toList();
  }

  public DataTable without(String... columns) {
    return new DataTable(table, holds, rows, Set.of(columns));
  }

  /// Rows about subjects of one kind.
  ///
  /// @param kind of the subject, such as `ticket`; [#ANY] for rows that name their subject by
  ///   `:kind` and `:id`, and [#PERSON] for those that know a person by `:names`, their addresses
  ///   and numbers
  /// @param condition SQL over the table's columns and the parameters
  /// @param file the column that names a stored file, which goes with the row; empty when none does
  public record Rows(String kind, String condition, Erasing erasing, String file) {
    public static final String ANY = "*";
    public static final String PERSON = "@";

    /// Rows that are taken out.
    public static Rows deleted(String kind, String condition) {
      return new Rows(kind, condition, new Erasing.Deleted(), "");
    }

    /// Rows that are taken out with the file that each names.
    public static Rows deletedWithFile(String kind, String condition, String file) {
      return new Rows(kind, condition, new Erasing.Deleted(), file);
    }

    /// Rows that stay for the figures, without what they say about people.
    ///
    /// @param set what `update … set` says
    public static Rows emptied(String kind, String condition, String set) {
      return new Rows(kind, condition, new Erasing.Emptied(set), "");
    }

    /// Rows that [PersonalData#beforeErasing] rewrites, because no statement could.
    public static Rows rewritten(String kind, String condition) {
      return new Rows(kind, condition, new Erasing.Rewritten(), "");
    }
  }

  /// What becomes of rows when the person is erased.
  public sealed interface Erasing {
    record Deleted() implements Erasing {}

    record Emptied(String set) implements Erasing {}

    record Rewritten() implements Erasing {}
  }
}
