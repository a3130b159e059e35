package dev.evergreen.language;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Records to and from JSON by their own shape, exact both ways: what the engine adds to its
/// records needs no edit here.
///
/// A record is an object of its components, without those that are absent, empty, zero or false; a
/// variant of a sealed interface also says `"is"`, its simple name. Where the declared type is
/// `Object`, decimals, instants and maps are wrapped in an object of one key that starts with `$`,
/// because JSON alone would lose what they were.
final class RecordJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  static final String VARIANT = "is";

  private RecordJson() {}

  /// @param blank what it is when the JSON says nothing of it; null when that is absent
  private record Component(String name, Type type, Method accessor, @Nullable Object blank) {
    static Component of(RecordComponent component) {
      var accessor = component.getAccessor();
      accessor.setAccessible(true); // asked once, not at each call
      return new Component(
          component.getName(), component.getGenericType(), accessor, blank(component.getType()));
    }

    private static @Nullable Object blank(Class<?> type) {
      if (Map.class.isAssignableFrom(type)) {
        return Map.of();
      }
      if (Set.class.isAssignableFrom(type)) {
        return Set.of();
      }
      if (List.class.isAssignableFrom(type)) {
        return List.of();
      }
      return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }

    /// Its value in the record; null when there is nothing to say of it.
    @Nullable Object in(Record value) {
      try {
        var part = accessor.invoke(value);
        return part == null || part.equals(blank) ? null : part;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(accessor + " cannot be read", e);
      }
    }

    @Nullable Object from(Map<?, ?> tree) {
      var part = tree.get(name);
      if (part != null) {
        return fromJson(part, type);
      }
      return blank instanceof Set ? new TreeSet<>() : blank;
    }
  }

  /// What reflection says of a record, asked once: it copies its answer each time.
  private record Shape(List<Component> components, Constructor<?> constructor) {
    private static final ClassValue<Shape> KNOWN =
        new ClassValue<>() {
          @Override
          protected Shape computeValue(Class<?> type) {
            var components = type.getRecordComponents();
            var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
              var constructor = type.getDeclaredConstructor(types);
              constructor.setAccessible(true);
              return new Shape(Arrays.stream(components).map(Component::of).toList(), constructor);
            } catch (NoSuchMethodException e) {
              throw new IllegalStateException("expected every record to have a constructor", e);
            }
          }
        };

    static Shape of(Class<?> type) {
      return KNOWN.get(type);
    }
  }

  /// The variants of a sealed interface by their simple names, found once.
  private static final ClassValue<Map<String, Class<?>>> VARIANTS =
      new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> declared) {
          return variants(declared)
              .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, it -> it));
        }
      };

  static String write(Map<String, Object> tree) {
    return MAPPER.writeValueAsString(tree);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> read(String json) {
    try {
      return (Map<String, Object>) MAPPER.readValue(json, Map.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("expected a JSON object, but found " + json, e);
    }
  }

  static Map<String, Object> toTree(Record value, Class<?> declared) {
    var tree = new LinkedHashMap<String, Object>();
    if (declared.isSealed()) {
      tree.put(VARIANT, value.getClass().getSimpleName());
    }
    for (var component : Shape.of(value.getClass()).components()) {
      var part = component.in(value);
      if (part != null) {
        tree.put(component.name(), toJson(part, component.type()));
      }
    }
    return tree;
  }

  static <T> T fromTree(Map<?, ?> tree, Class<T> declared) {
    var type = variant(tree, declared);
    var shape = Shape.of(type);
    var parts = new @Nullable Object[shape.components().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = shape.components().get(i).from(tree);
    }
    try {
      return declared.cast(shape.constructor().newInstance(parts));
    } catch (InvocationTargetException | NullPointerException e) {
      throw new IllegalArgumentException(
          "expected a whole %s, but found %s".formatted(type.getSimpleName(), tree), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static Class<?> variant(Map<?, ?> tree, Class<?> declared) {
    if (!declared.isSealed()) {
      return declared;
    }
    var name = tree.get(VARIANT);
    var variant = name instanceof String text ? VARIANTS.get(declared).get(text) : null;
    if (variant == null) {
      throw new IllegalArgumentException(
          "expected a kind of %s, but found %s".formatted(declared.getSimpleName(), name));
    }
    return variant;
  }

  static Stream<Class<?>> variants(Class<?> declared) {
    return declared.isSealed()
        ? Arrays.stream(declared.getPermittedSubclasses()).flatMap(RecordJson::variants)
        : Stream.of(declared);
  }

  private static Object toJson(Object value, Type declared) {
    if (declared == Object.class) {
      return dynamicToJson(value);
    }
    return switch (value) {
      case Record record -> toTree(record, raw(declared));
      case Map<?, ?> map -> mapToJson(map, argument(declared, 1));
      case SortedSet<?> set -> listToJson(List.copyOf(set), argument(declared, 0));
      case Set<?> set -> listToJson(set.stream().sorted().toList(), argument(declared, 0));
      case List<?> list -> listToJson(list, argument(declared, 0));
      case Enum<?> constant -> constant.name();
      case Instant instant -> instant.toString();
      case String _, Boolean _, Long _, Integer _, Double _ -> value;
      default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
    };
  }

  private static Object fromJson(Object json, Type declared) {
    var type = raw(declared);
    if (type == Object.class) {
      return dynamicFromJson(json);
    }
    return switch (json) {
      case Map<?, ?> map when Map.class.isAssignableFrom(type) -> mapFromJson(map, declared);
      case Map<?, ?> map -> fromTree(map, type);
      case List<?> list when Set.class.isAssignableFrom(type) ->
          new TreeSet<>(listFromJson(list, argument(declared, 0)));
      case List<?> list -> listFromJson(list, argument(declared, 0));
      case String text when type.isEnum() -> constant(type, text);
      case String text when type == Instant.class -> Instant.parse(text);
      case Number number when type == int.class || type == Integer.class -> number.intValue();
      case Number number when type == long.class || type == Long.class -> number.longValue();
      case Number number when type == double.class || type == Double.class -> number.doubleValue();
      default -> json;
    };
  }

  private static Object dynamicToJson(Object value) {
    return switch (value) {
      case String _, Boolean _, Long _ -> value;
      case Integer whole -> whole.longValue();
      case Double decimal -> Map.of("$decimal", decimal.toString());
      case Instant instant -> Map.of("$moment", instant.toString());
      case List<?> list -> listToJson(list, Object.class);
      case Map<?, ?> map -> Map.of("$map", mapToJson(map, Object.class));
      default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
    };
  }

  private static Object dynamicFromJson(Object json) {
    return switch (json) {
      case Number whole -> whole.longValue();
      case List<?> list -> listFromJson(list, Object.class);
      case Map<?, ?> map when map.get("$decimal") instanceof String text -> Double.valueOf(text);
      case Map<?, ?> map when map.get("$moment") instanceof String text -> Instant.parse(text);
      case Map<?, ?> map when map.get("$map") instanceof Map<?, ?> entries -> {
        var values = new LinkedHashMap<String, Object>();
        entries.forEach((key, value) -> values.put((String) key, dynamicFromJson(value)));
        yield values;
      }
      default -> json;
    };
  }

  /// Values of whatever types run data has, by name.
  static Map<String, Object> valuesToTree(Map<String, Object> values) {
    return mapToJson(values, Object.class);
  }

  static Map<String, Object> valuesFromTree(Map<String, Object> tree) {
    var values = new LinkedHashMap<String, Object>();
    tree.forEach((name, json) -> values.put(name, dynamicFromJson(json)));
    return values;
  }

  private static Map<String, Object> mapToJson(Map<?, ?> map, Type values) {
    var json = new TreeMap<String, Object>();
    map.forEach((key, value) -> json.put(key.toString(), toJson(value, values)));
    return json;
  }

  private static Map<Object, Object> mapFromJson(Map<?, ?> map, Type declared) {
    Map<Object, Object> values =
        SortedMap.class.isAssignableFrom(raw(declared)) ? new TreeMap<>() : new LinkedHashMap<>();
    var keys = raw(argument(declared, 0));
    map.forEach((key, value) ->
        values.put(
            keys == Integer.class ? Integer.valueOf((String) key) : key,
            fromJson(value, argument(declared, 1))));
    return values;
  }

  private static List<Object> listToJson(List<?> list, Type elements) {
    var json = new ArrayList<>(list.size());
    list.forEach(it -> json.add(toJson(it, elements)));
    return json;
  }

  private static List<Object> listFromJson(List<?> list, Type elements) {
    var values = new ArrayList<>(list.size());
    list.forEach(it -> values.add(fromJson(it, elements)));
    return values;
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> ((Enum<?>) it).name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "expected a %s, but found %s".formatted(type.getSimpleName(), name)));
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[index]
        : Object.class;
  }
}
