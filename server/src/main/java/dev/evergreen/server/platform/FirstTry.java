package dev.evergreen.server.platform;

import java.util.function.Supplier;

/// Marks work that is undone as a whole and done again, item by item, should any of it fail: what
/// runs in it needs no savepoints of its own, which cost two round trips each.
public final class FirstTry {
  private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

  private FirstTry() {}

  /// Whether a failure may be left to the second try.
  public static boolean isOn() {
    return ON.isBound();
  }

  /// Does work that whoever calls does again, or gives up as a whole, when it fails.
  public static <T> T of(Supplier<T> work) {
    return ScopedValue.where(ON, true).call(work::get);
  }
}
