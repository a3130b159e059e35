package dev.evergreen.server.workflow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Between values by path (`customer.name`), as workflows name them, and the objects of JSON.
final class NestedValues {
  /// So many values of an answer can be named; it may be a stranger's.
  private static final int MOST = 1_000;

  private NestedValues() {}

  /// Objects out of values by path, in the order of their names.
  static Map<String, Object> of(Map<String, Object> values) {
    var whole = new LinkedHashMap<String, Object>();
    new TreeMap<>(values).forEach((path, value) -> put(whole, path, value));
    return whole;
  }

  private static void put(Map<String, Object> into, String path, Object value) {
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    if (dot < 0) {
      into.put(name, value instanceof Instant instant ? instant.toString() : value);
    } else if (into.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>())
        instanceof Map<?, ?> below) {
      @SuppressWarnings("unchecked")
      var known = (Map<String, Object>) below;
      put(known, path.substring(dot + 1), value);
    } else {
      throw new IllegalArgumentException(
          "expected %s to be a value or to have values below it, but found both".formatted(name));
    }
  }

  /// The plain values in a value of JSON, by their paths; those of a list by their numbers from 0.
  static Map<String, Object> flat(String path, Object json) {
    var values = new HashMap<String, Object>();
    flatten(path, json, values);
    return values;
  }

  private static void flatten(String path, @Nullable Object json, Map<String, Object> values) {
    switch (json) {
      case Map<?, ?> map -> map.forEach((name, value) -> flatten(path + "." + name, value, values));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          flatten(path + "." + i, list.get(i), values);
        }
      }
      case null -> {
        // Nothing is as good as no value.
      }
      case Object value when values.size() < MOST -> values.put(path, plain(value));
      default -> {
        // Nobody names so many.
      }
    }
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Integer whole -> whole.longValue();
      case Float decimal -> decimal.doubleValue();
      case BigInteger whole -> whole.doubleValue();
      case BigDecimal decimal -> decimal.doubleValue();
      default -> value;
    };
  }
}
