package dev.evergreen.server.platform;

import java.util.List;
import java.util.Set;

/// A table whose rows are settings: every change of one is in the audit log. Components of modules
/// name theirs by [Named].
///
/// @param called what people call one of its rows: `canned response`
/// @param key the columns that tell a row from others
/// @param left columns that are no setting, or that nobody may read; what is binary is never read
public record SettingsTable(String table, String called, List<String> key, Set<String> left) {
  public SettingsTable {
    key = List.copyOf(key);
    left = Set.copyOf(left);
  }

  public static SettingsTable of(String table, String called, String... key) {
    return new SettingsTable(table, called, List.of(key), Set.of("revision", "changed_at"));
  }

  public SettingsTable without(String... columns) {
    var all = new java.util.HashSet<>(left);
    all.addAll(List.of(columns));
    return new SettingsTable(table, called, key, all);
  }

  /// The settings of one module.
  public interface Named {
    List<SettingsTable> tables();
  }
}
