package dev.evergreen.server.platform.field;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the fields of one subject hold, by key: texts, numbers, true and false. What is not there
/// is not known.
public record FieldValues(Map<String, Object> values) {
  public static final FieldValues NONE = new FieldValues(Map.of());

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  public FieldValues {
    values = Map.copyOf(values);
  }

  /// @param json as it is stored; null where there is nothing
  public static FieldValues of(@Nullable String json) {
    return json == null ? NONE : new FieldValues(MAPPER.readValue(json, OBJECT));
  }

  public Optional<Object> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /// The same with another value under a key; without it when that is null.
  public FieldValues with(String key, @Nullable Object value) {
    var changed = new TreeMap<>(values);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return new FieldValues(changed);
  }

  /// These, and of what is not known here what the others say.
  public FieldValues or(FieldValues others) {
    var all = new TreeMap<>(others.values);
    all.putAll(values);
    return new FieldValues(all);
  }

  /// As it is stored; null where there is nothing.
  public @Nullable String json() {
    return values.isEmpty() ? null : MAPPER.writeValueAsString(new TreeMap<>(values));
  }

  /// Whether two values are the same, whatever they were read from: `1.50` is `1.5`.
  static boolean isSame(@Nullable Object one, @Nullable Object other) {
    return (one instanceof Number first && other instanceof Number second)
        ? new BigDecimal(first.toString()).compareTo(new BigDecimal(second.toString())) == 0
        : Objects.equals(one, other);
  }

  /// Whether a value is there already.
  public boolean has(String key, @Nullable Object value) {
    return isSame(values.get(key), value);
  }
}
