package dev.evergreen.server.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What every template may need and no controller should have to pass: the address of the page, the
/// token for its forms, the time it was made at, the reader's choices. Bound for the length of one
/// rendering.
public record Page(
    String path,
    Token token,
    Instant now,
    Preferences reader,
    @Nullable String flash,
    Unread unread) {

  /// The token that a form sends back, and the names it travels under.
  public record Token(String parameter, String header, String value) {}

  /// What the reader's browser says: `theme` is `light`, `dark` or empty for the system's own.
  public record Preferences(String theme, ZoneId zone) {}

  static final ScopedValue<Page> CURRENT = ScopedValue.newInstance();

  /// The page being rendered; only within a template.
  public static Page page() {
    return CURRENT.get();
  }

  /// The zone of the reader who sent this request, for times that they typed.
  public static ZoneId zoneOf(HttpServletRequest request) {
    return Choices.of(request).zone();
  }

  /// What the reader is told once; null when nothing.
  public Flash.@Nullable Said said() {
    return flash == null ? null : Flash.Said.of(flash);
  }

  /// True when this page lies at the address or below it: the rail marks where one is.
  public boolean isUnder(String address) {
    return path.equals(address) || path.startsWith(address + "/");
  }
}
