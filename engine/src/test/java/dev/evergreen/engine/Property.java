package dev.evergreen.engine;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Checks a statement on random examples, and finds a small one among those that break it.
///
/// Each example is made from a seed and a size. A failure names both: `-Dseed=…` starts there
/// again.
final class Property {
  private static final int LARGEST = 40;

  private Property() {}

  @FunctionalInterface
  interface Statement {
    /// Throws when it does not hold.
    void check(RandomGenerator random, int size);
  }

  static void holds(int examples, Statement statement) {
    long first = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
    for (int i = 0; i < examples; i++) {
      long seed = first + i;
      int size = 1 + i % LARGEST;
      try {
        statement.check(random(seed), size);
      } catch (RuntimeException | AssertionError failure) {
        throw smallest(statement, seed, size, failure);
      }
    }
  }

  private static AssertionError smallest(
      Statement statement, long seed, int size, Throwable failure) {
    for (int smaller = 1; smaller < size; smaller++) {
      for (long near = seed; near < seed + 500; near++) {
        try {
          statement.check(random(near), smaller);
        } catch (RuntimeException | AssertionError found) {
          return broken(near, smaller, found);
        }
      }
    }
    return broken(seed, size, failure);
  }

  private static AssertionError broken(long seed, int size, Throwable failure) {
    return new AssertionError(
        "does not hold for seed %d, size %d (again with -Dseed=%d): %s"
            .formatted(seed, size, seed - (size - 1), failure.getMessage()),
        failure);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
