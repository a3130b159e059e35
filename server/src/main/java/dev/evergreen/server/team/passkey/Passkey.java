package dev.evergreen.server.team.passkey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that a device of somebody's keeps, as its owner sees it in a list.
///
/// @param usedAt when they last signed in by it; null when never
public record Passkey(Id id, String name, Instant madeAt, @Nullable Instant usedAt) {
  public record Id(long value) {}
}
