package dev.evergreen.server.platform.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some of a list, and where the next ones start.
///
/// @param next what `cursor` is to say for the next page; null on the last one
public record ApiPage<T>(List<T> items, @Nullable String next) {
  public ApiPage {
    items = List.copyOf(items);
  }

  /// All of a list that is never long.
  public static <T> ApiPage<T> whole(List<T> items) {
    return new ApiPage<>(items, null);
  }

  /// What was read as at most one more than `limit`, cut to a page.
  ///
  /// @param key what the cursor after an item says, see [Cursor]
  public static <T> ApiPage<T> of(List<T> read, int limit, Function<T, Cursor> key) {
    return read.size() <= limit
        ? new ApiPage<>(read, null)
        : new ApiPage<>(read.subList(0, limit), key.apply(read.get(limit - 1)).text());
  }
}
