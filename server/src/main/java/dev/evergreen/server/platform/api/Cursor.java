package dev.evergreen.server.platform.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a page goes on: the key of the last row of the one before, as text that callers hand back
/// and never read. Rows that come or go meanwhile move nothing.
public record Cursor(List<String> key) {
  private static final String BETWEEN = "\0";

  public Cursor {
    key = List.copyOf(key);
  }

  public static Cursor of(Object... key) {
    return new Cursor(Stream.of(key).map(String::valueOf).toList());
  }

  /// What a caller sent as `cursor`, read; null when none was sent.
  ///
  /// @throws ApiRefusal when it is none that this list gave
  public static <T> @Nullable T read(@Nullable String text, Function<Cursor, T> read) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      return read.apply(new Cursor(List.of(decoded.split(BETWEEN, -1))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw ApiRefusal.invalid(
          "Expected `cursor` to be the `next` of the page before, but found “%s”.".formatted(text));
    }
  }

  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(BETWEEN, key).getBytes(StandardCharsets.UTF_8));
  }

  public String at(int place) {
    return key.get(place);
  }

  public long number(int place) {
    return Long.parseLong(at(place));
  }

  public Instant instant(int place) {
    return Instant.parse(at(place));
  }
}
