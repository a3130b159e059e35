package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names that an expression may read, with their types: `ticket.status`, `now`, run data.
record Scope(SortedMap<String, ValueType> types) {
  Scope {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /// This scope and the fields of a group, `event.score` for example.
  Scope with(String group, List<Parameter> fields) {
    var more = new TreeMap<>(types);
    fields.forEach(field -> more.put(group + "." + field.name(), field.type()));
    return new Scope(more);
  }

  Scope with(Map<String, ValueType> names) {
    var more = new TreeMap<>(types);
    more.putAll(names);
    return new Scope(more);
  }

  Optional<ValueType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  List<String> names() {
    return List.copyOf(types.keySet());
  }

  /// The value of one of these names among the values of a run.
  Object read(String name, Map<String, Object> values) {
    var type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("expected a name of this scope, but found " + name);
    }
    return Types.read(find(name, values), type);
  }

  private static @Nullable Object find(String name, Map<String, Object> values) {
    var dot = name.indexOf('.');
    if (dot < 0) {
      return values.get(name);
    }
    return values.get(name.substring(0, dot)) instanceof Map<?, ?> group
        ? group.get(name.substring(dot + 1))
        : null;
  }
}
