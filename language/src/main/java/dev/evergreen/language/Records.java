package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between records and the values that workflows know: names come from the components, types from
/// their Java types, and a component that is `@Nullable` may be left out. A map takes all values
/// whose names begin with its own.
final class Records {
  private Records() {}

  static List<Parameter> parameters(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(Records::parameter).toList();
  }

  static <R extends Record> R fromArguments(Class<R> type, Map<String, Object> arguments) {
    var components = type.getRecordComponents();
    var parts = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      parts[i] =
          isOpen(components[i])
              ? below(components[i].getName() + ".", arguments)
              : part(components[i], arguments.get(components[i].getName()));
    }
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException rejected
          ? rejected
          : new IllegalArgumentException(type.getSimpleName() + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getSimpleName() + " cannot be made", e);
    }
  }

  /// `ON_HOLD` is written `on-hold`.
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Parameter parameter(RecordComponent component) {
    var input = component.getAnnotation(Input.class);
    if (isOpen(component)) {
      return Parameter.open(component.getName(), input == null ? "" : input.value());
    }
    return new Parameter(
        component.getName(),
        input == null ? "" : input.value(),
        type(component),
        !isOptional(component),
        input != null && input.text());
  }

  private static boolean isOpen(RecordComponent component) {
    return component.getType() == Map.class;
  }

  private static Map<String, Object> below(String start, Map<String, Object> arguments) {
    return arguments.entrySet().stream()
        .filter(one -> one.getKey().startsWith(start))
        .collect(
            Collectors.toMap(one -> one.getKey().substring(start.length()), Map.Entry::getValue));
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static ValueType type(RecordComponent component) {
    var type = component.getType();
    if (type.isEnum()) {
      return new ValueType.Choice(
          Arrays.stream(type.getEnumConstants()).map(it -> written((Enum<?>) it)).toList());
    }
    return switch (type.getName()) {
      case "java.lang.String" -> new ValueType.Text();
      case "boolean", "java.lang.Boolean" -> new ValueType.Flag();
      case "int", "long", "java.lang.Integer", "java.lang.Long" -> new ValueType.Whole();
      case "double", "java.lang.Double" -> new ValueType.Decimal();
      case "java.time.Instant" -> new ValueType.Moment();
      default ->
          throw new IllegalArgumentException(
              "expected text, an enum, a flag, a number or an instant, but found %s %s of %s"
                  .formatted(
                      type.getName(),
                      component.getName(),
                      component.getDeclaringRecord().getSimpleName()));
    };
  }

  private static @Nullable Object part(RecordComponent component, @Nullable Object value) {
    if (value == null) {
      if (isOptional(component)) {
        return null;
      }
      throw new IllegalArgumentException("expected a value for " + component.getName());
    }
    var type = component.getType();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(it -> written((Enum<?>) it).equals(value))
          .findFirst()
          .orElseThrow(() -> mismatch(component, value));
    }
    return switch (value) {
      case Long whole when type == int.class || type == Integer.class -> Math.toIntExact(whole);
      case Long whole when type == double.class || type == Double.class -> (double) whole;
      case String _ when type == String.class -> value;
      case Boolean _ when type == boolean.class || type == Boolean.class -> value;
      case Long _ when type == long.class || type == Long.class -> value;
      case Double _ when type == double.class || type == Double.class -> value;
      case Instant _ when type == Instant.class -> value;
      default -> throw mismatch(component, value);
    };
  }

  private static IllegalArgumentException mismatch(RecordComponent component, Object value) {
    return new IllegalArgumentException(
        "expected %s for %s, but found %s".formatted(type(component), component.getName(), value));
  }
}
