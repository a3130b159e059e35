package dev.evergreen.server.platform;

import java.util.function.Supplier;

/// Work that nobody is told of before it is all done, such as a demo's past: its transactions do
/// not wait for the disk. A crash may undo the newest of them, never a part of one; the first
/// transaction of any other work that commits after them makes them all last.
public final class Unpromised {
  private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

  private Unpromised() {}

  public static <T> T of(Supplier<T> work) {
    return ScopedValue.where(ON, true).call(work::get);
  }

  static boolean isOn() {
    return ON.isBound();
  }

  /// The same work on another thread, in the way of the present one.
  public static Runnable carried(Runnable work) {
    return ON.isBound() ? () -> ScopedValue.where(ON, true).run(work) : work;
  }
}
