package dev.evergreen.server.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a customer is recognized by. No two customers have the same.
///
/// @param value canonical: an address, a number in E.164, `network:name`
/// @param verifiedAt null while it is not verified
public record Identity(
    Kind kind,
    String value,
    Verification verification,
    @Nullable Instant verifiedAt,
    Instant addedAt) {

  public enum Kind {
    ADDRESS("Address"),
    PHONE("Phone"),
    HANDLE("Name in a network");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// As people write it: a number with its gaps.
  public String shown() {
    return kind == Kind.PHONE ? PhoneNumber.shown(value) : value;
  }
}
