package dev.evergreen.language;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes records of any shape from a seed.
final class RandomRecords {
  private static final List<String> TEXTS =
      List.of("", "a", "ä€😀", "\"quoted\"\\", "two\nlines\t\u0001", "$map", "is", "2026-01-01");
  private static final List<Long> WHOLES = List.of(0L, -1L, 42L, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<Double> DECIMALS =
      List.of(0.0, -0.0, 1.0, 0.1, 1e300, Double.MIN_VALUE, Double.MAX_VALUE);

  private final RandomGenerator random;

  RandomRecords(long seed) {
    random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
  }

  Object make(Type type) {
    var raw =
        type instanceof ParameterizedType generic
            ? (Class<?>) generic.getRawType()
            : (Class<?>) type;
    if (raw.isSealed()) {
      return make(one(List.of(raw.getPermittedSubclasses())));
    }
    if (raw.isRecord()) {
      return record(raw);
    }
    if (raw.isEnum()) {
      return one(List.of(raw.getEnumConstants()));
    }
    if (SortedMap.class.isAssignableFrom(raw)) {
      return new TreeMap<>(entries(argument(type, 0), () -> make(argument(type, 1))));
    }
    if (raw == Map.class) {
      return entries(argument(type, 0), () -> make(argument(type, 1)));
    }
    if (raw == List.class) {
      return many(() -> make(argument(type, 0)));
    }
    if (Set.class.isAssignableFrom(raw)) {
      return new TreeSet<>(many(() -> make(argument(type, 0))));
    }
    return switch (raw.getName()) {
      case "java.lang.String" -> one(TEXTS);
      case "boolean", "java.lang.Boolean" -> random.nextBoolean();
      case "int", "java.lang.Integer" -> random.nextInt();
      case "long", "java.lang.Long" -> one(WHOLES);
      case "double", "java.lang.Double" -> one(DECIMALS);
      case "java.time.Instant" -> instant();
      case "java.lang.Object" -> dynamic(3);
      default -> throw new IllegalArgumentException("no random " + raw);
    };
  }

  private Object record(Class<?> type) {
    var components = type.getRecordComponents();
    var parts = new @Nullable Object[components.length];
    var shape = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      var absent =
          components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)
              && random.nextBoolean();
      parts[i] = absent ? null : make(components[i].getGenericType());
      shape[i] = components[i].getType();
    }
    try {
      return type.getDeclaredConstructor(shape).newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private Object dynamic(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> one(TEXTS);
      case 1 -> random.nextBoolean();
      case 2 -> one(WHOLES);
      case 3 -> one(DECIMALS);
      case 4 -> instant();
      case 5 -> many(() -> dynamic(depth - 1));
      default -> entries(String.class, () -> dynamic(depth - 1));
    };
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(-1L << 35, 1L << 35), random.nextInt(1_000_000_000));
  }

  private Map<Object, Object> entries(Type keys, Supplier<Object> values) {
    var map = new TreeMap<Object, Object>();
    many(() -> make(keys)).forEach(key -> map.put(key, values.get()));
    return map;
  }

  private List<Object> many(Supplier<Object> made) {
    return new ArrayList<>(
        IntStream.range(0, random.nextInt(4)).mapToObj(_ -> made.get()).toList());
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
