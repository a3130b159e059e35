package dev.evergreen.server.faults;

/// How much a fault test spends: little on every change, much with `./evergreen test --faults`.
public final class Effort {
  private static final boolean LONG = "long".equals(System.getProperty("evergreen.faults"));

  private Effort() {}

  public static int of(int few, int many) {
    return LONG ? many : few;
  }

  /// The seed of a schedule: printed with its verdict, and given to replay it.
  static long seed() {
    return Long.getLong("evergreen.seed", System.nanoTime());
  }
}
