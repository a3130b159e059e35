package dev.evergreen.language;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The names that runs of a workflow may set: those under `inputs` and `data`, the fields of its
/// forms and questions, and what its actions give back. Collected before any step is read, since a
/// condition may name what is set further down, in the round before.
final class RunData {
  private final Catalogue catalogue;
  private final FieldReader fieldReader;
  private final Findings findings;
  private final Map<String, ValueType> types = new TreeMap<>();
  private final IdentityHashMap<Tree.Mapping, List<DoStep.Field>> forms = new IdentityHashMap<>();

  RunData(Catalogue catalogue, FieldReader fieldReader, Findings findings) {
    this.catalogue = catalogue;
    this.fieldReader = fieldReader;
    this.findings = findings;
  }

  Map<String, ValueType> types() {
    return types;
  }

  Findings findings() {
    return findings;
  }

  /// The fields of a form or of a question, which have been collected.
  List<DoStep.Field> fields(Tree.Mapping form) {
    return forms.getOrDefault(form, List.of());
  }

  /// What other workflows give to this one.
  List<DoStep.Field> inputs(Tree.Mapping inputs) {
    return read(inputs);
  }

  void declare(Tree.Mapping data, Tree below) {
    var set = setIn(below);
    for (var field : read(data)) {
      if (!set.contains(field.name())) {
        findings.warning(
            spotOf(data, field.name()),
            "%s, which no step sets".formatted(Wording.quoted(field.name())),
            "a form, an action, a table or a call that sets it",
            "take it out, or ask for it in a form");
      }
    }
  }

  /// Takes up every form and action below.
  void collect(Tree tree) {
    switch (tree) {
      case Tree.Scalar _ -> {
        // Holds no step.
      }
      case Tree.Sequence list -> list.items().forEach(this::collect);
      case Tree.Mapping mapping -> {
        formOf(mapping).ifPresent(form -> forms.put(form, read(form)));
        outcome(mapping)
            .forEach(parameter -> types.putIfAbsent(parameter.name(), parameter.type()));
        mapping.entries().forEach(entry -> collect(entry.value()));
      }
    }
  }

  /// The names that the steps below may set.
  Set<String> setIn(Tree tree) {
    var names = new TreeSet<String>();
    switch (tree) {
      case Tree.Scalar _ -> {
        // Sets nothing.
      }
      case Tree.Sequence list -> list.items().forEach(item -> names.addAll(setIn(item)));
      case Tree.Mapping mapping -> {
        Stream.concat(formOf(mapping).stream(), assigned(mapping))
            .flatMap(form -> form.entries().stream())
            .forEach(entry -> names.add(entry.key().text()));
        outcome(mapping).forEach(parameter -> names.add(parameter.name()));
        mapping.entries().forEach(entry -> names.addAll(setIn(entry.value())));
      }
    }
    return names;
  }

  /// The form of a `do`, or the field of an `ask`.
  private static Optional<Tree.Mapping> formOf(Tree.Mapping step) {
    return step.entry("do").isPresent()
        ? mapping(step, "form")
        : step.entry("ask").flatMap(_ -> mapping(step, "into"));
  }

  /// Declared names that a table, a call or an action sets.
  private static Stream<Tree.Mapping> assigned(Tree.Mapping block) {
    return Stream.concat(
        Stream.of("call", "run")
            .filter(kind -> block.entry(kind).isPresent())
            .flatMap(_ -> mapping(block, "into").stream()),
        Stream.of("set", "otherwise").flatMap(key -> mapping(block, key).stream()));
  }

  private static Optional<Tree.Mapping> mapping(Tree.Mapping block, String key) {
    return block
        .entry(key)
        .map(Tree.Entry::value)
        .filter(Tree.Mapping.class::isInstance)
        .map(Tree.Mapping.class::cast);
  }

  private List<Parameter> outcome(Tree.Mapping mapping) {
    return mapping
        .entry("run")
        .map(Tree.Entry::value)
        .filter(Tree.Scalar.class::isInstance)
        .map(value -> ((Tree.Scalar) value).text())
        .flatMap(name -> catalogue.action(name))
        .map(ActionType::outcome)
        .orElse(List.of())
        .stream()
        .filter(parameter -> !parameter.isOpen())
        .toList();
  }

  private List<DoStep.Field> read(Tree.Mapping mapping) {
    var fields = fieldReader.fields(mapping);
    for (var field : fields) {
      var before = types.putIfAbsent(field.name(), field.type());
      if (before != null && !before.equals(field.type())) {
        findings.error(
            spotOf(mapping, field.name()),
            "%s as %s".formatted(Wording.quoted(field.name()), Types.described(field.type())),
            "%s, as elsewhere in this file".formatted(Types.described(before)),
            "give both the same type, or two names");
      }
    }
    return fields;
  }

  private static Spot spotOf(Tree.Mapping mapping, String key) {
    return mapping.entry(key).map(entry -> entry.key().at()).orElse(mapping.at());
  }
}
