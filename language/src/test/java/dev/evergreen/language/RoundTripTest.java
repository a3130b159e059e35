package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Term;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A tree that is written as a file and read again is the same tree.
class RoundTripTest {
  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void random_workflows_come_back_equal(long seed) {
    var file = new RandomWorkflowFile(seed).make();

    assertComesBack(file);
  }

  private static void assertComesBack(WorkflowFile file) {
    var text = WorkflowFile.write(file);

    var read = WorkflowFiles.read("file", text, TestCatalogue.CATALOGUE);

    var again = Objects.requireNonNull(read.workflow(), () -> text + read.findings());
    assertThat(shape(again)).as(text).isEqualTo(shape(file));
    assertThat(WorkflowFile.write(again)).isEqualTo(text);
  }

  /// Records as maps of their components; of conditions and terms, which are code, their texts.
  private static @Nullable Object shape(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Condition condition -> "when " + condition.source();
      case Term term -> "term " + term.source();
      case Definition it ->
          Map.of(
              "name", it.name(),
              "title", it.title(),
              "about", it.about(),
              "starts", Objects.requireNonNull(shape(it.starts())),
              "data", Objects.requireNonNull(shape(it.data())),
              "inputs", it.inputs(),
              "steps", Objects.requireNonNull(shape(it.steps())),
              "handlers", Objects.requireNonNull(shape(it.handlers())));
      case WorkflowFile it ->
          Arrays.asList(
              shape(it.definition()),
              shape(it.profile()),
              shape(it.inputs()),
              shape(it.milestones()),
              shape(it.promises()));
      case Record record -> {
        var parts = new LinkedHashMap<String, @Nullable Object>();
        parts.put("is", record.getClass().getSimpleName());
        for (var component : record.getClass().getRecordComponents()) {
          parts.put(component.getName(), shape(part(record, component)));
        }
        yield parts;
      }
      case List<?> list -> list.stream().map(RoundTripTest::shape).toList();
      case Map<?, ?> map -> {
        var parts = new TreeMap<String, @Nullable Object>();
        map.forEach((key, part) -> parts.put(key.toString(), shape(part)));
        yield parts;
      }
      default -> value;
    };
  }

  private static @Nullable Object part(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
