package dev.evergreen.server.platform;

import java.util.function.Function;

/// The name, type and default of one value that an administrator sets. Modules declare theirs as
/// constants: `static final Setting<String> ORGANIZATION = Setting.text("organization.name", "…")`.
public record Setting<T>(
    String key, T initial, Function<String, T> read, Function<T, String> write) {
  public static Setting<String> text(String key, String initial) {
    return new Setting<>(key, initial, value -> value, value -> value);
  }

  public static Setting<Long> number(String key, long initial) {
    return new Setting<>(key, initial, Long::valueOf, value -> Long.toString(value));
  }

  public static Setting<Boolean> flag(String key, boolean initial) {
    return new Setting<>(key, initial, Boolean::valueOf, value -> Boolean.toString(value));
  }
}
