package dev.evergreen.bench;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the conditions and terms of a definition said in one run, so that the same run can be done
/// again without evaluating anything: the engine alone is measured, not the expression language.
final class Answers {
  private final List<Object> recorded = new ArrayList<>();
  private @Nullable List<Object> played;
  private int next;

  /// The same definition, with every condition and term in it asking these answers.
  Definition in(Definition definition) {
    return (Definition) copied(definition);
  }

  /// Begins another run, of which everything is evaluated and kept.
  void record() {
    recorded.clear();
    played = null;
  }

  List<Object> recorded() {
    return List.copyOf(recorded);
  }

  /// Begins a run that was recorded.
  void play(List<Object> answers) {
    played = answers;
    next = 0;
  }

  private Object answer(Supplier<Object> evaluated) {
    List<Object> known = played;
    if (known != null) {
      return known.get(next++);
    }
    var answer = evaluated.get();
    recorded.add(answer);
    return answer;
  }

  private Object copied(Object value) {
    return switch (value) {
      case Condition condition ->
          new Condition(
              condition.source(), values -> (boolean) answer(() -> condition.holds(values)));
      case Term term -> new Term(term.source(), values -> answer(() -> term.value(values)));
      case Definition d ->
          new Definition(
              d.name(),
              d.version(),
              d.title(),
              d.about(),
              d.starts(),
              d.data(),
              d.inputs(),
              d.steps().stream().map(step -> (Step) copied(step)).toList(),
              d.handlers().stream().map(handler -> (Handler) copied(handler)).toList());
      case List<?> list -> list.stream().map(this::copied).toList();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, Object>();
        map.forEach((key, one) -> copy.put(key, copied(one)));
        yield copy;
      }
      case Record record -> copiedRecord(record);
      default -> value;
    };
  }

  private Record copiedRecord(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values = new @Nullable Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        var value = components[i].getAccessor().invoke(record);
        values[i] = value == null ? null : copied(value);
      }
      return record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected to copy " + record, e);
    }
  }
}
