package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.ValueType;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the readers of one file share.
///
/// @param about the kind of subject of the file's runs
/// @param scope what its conditions may read
/// @param set names of run data that some step before the present one may have set
record Reading(
    String about,
    Catalogue catalogue,
    Scope scope,
    RunData runData,
    Expressions expressions,
    Notes notes,
    Set<String> set) {

  static Reading of(
      String about, Catalogue catalogue, Scope scope, RunData runData, Expressions expressions) {
    return new Reading(about, catalogue, scope, runData, expressions, new Notes(), new TreeSet<>());
  }

  Findings findings() {
    return runData.findings();
  }

  /// The condition under a key; null without one, or, with a finding, when it is none.
  @Nullable Condition condition(Section section, String key, Scope over) {
    var text = section.scalar(key);
    return text == null
        ? null
        : condition(text, 0, over)
            .map(compiled -> Expressions.asCondition(text, 0, compiled))
            .orElse(null);
  }

  Optional<Expressions.Compiled> condition(Tree.Scalar text, int start, Scope over) {
    var compiled = expressions.condition(text, Math.min(start, text.text().length()), over);
    compiled.ifPresent(it -> isRead(it, text.at()));
    return compiled;
  }

  /// A value of a type, worked out (`=…`) or as it stands.
  Optional<Term> term(Tree tree, Parameter parameter) {
    if (!(tree instanceof Tree.Scalar text) || text.text().isBlank()) {
      mismatch(tree, parameter);
      return Optional.empty();
    }
    return isComputed(text) ? computed(text, parameter) : constant(text, parameter);
  }

  /// A value and its type, where the file alone says which.
  record Typed(Term term, ValueType type) {}

  /// A value of whatever type, worked out (`=…`) or as it stands.
  Optional<Typed> anyTerm(String name, Tree tree) {
    if (!(tree instanceof Tree.Scalar text) || text.text().isBlank()) {
      findings()
          .error(
              tree.at(),
              "%s for %s".formatted(tree.shape(), Wording.quoted(name)),
              "a value",
              "write a value, or `=` and the name of one");
      return Optional.empty();
    }
    if (!isComputed(text)) {
      var type = Types.byLook(text);
      return Types.constant(text.text(), type).map(value -> new Typed(Term.of(value), type));
    }
    var compiled = computed(text);
    var type = compiled.flatMap(Expressions.Compiled::type);
    if (compiled.isPresent() && type.isEmpty()) {
      findings()
          .error(
              text.at(),
              "no plain value for %s".formatted(Wording.quoted(name)),
              "text, a boolean, a number or a moment",
              "give such a value");
    }
    return type.map(it -> new Typed(Expressions.asTerm(text, 1, compiled.get(), it), it));
  }

  static boolean isComputed(Tree.Scalar text) {
    return text.text().startsWith("=") && !text.quoted();
  }

  /// A value worked out, of whatever type.
  Optional<Expressions.Compiled> computed(Tree.Scalar text) {
    var compiled = expressions.value(text, 1, scope);
    compiled.ifPresent(it -> isRead(it, text.at()));
    return compiled;
  }

  private Optional<Term> computed(Tree.Scalar text, Parameter parameter) {
    var compiled = computed(text);
    if (compiled.isEmpty()) {
      return Optional.empty();
    }
    var type = compiled.get().type();
    if (type.filter(it -> Types.fits(it, parameter.type())).isEmpty()) {
      findings()
          .error(
              text.at(),
              "%s for %s"
                  .formatted(
                      type.map(Types::described).orElse("no plain value"),
                      Wording.quoted(parameter.name())),
              Types.described(parameter.type()),
              "give a value of that type");
    }
    return Optional.of(Expressions.asTerm(text, 1, compiled.get(), parameter.type()));
  }

  private Optional<Term> constant(Tree.Scalar text, Parameter parameter) {
    if (parameter.text() && !catalogue.hasText(text.text())) {
      findings().unknown(text.at(), "message text %s", text.text(), catalogue.textNames());
      return Optional.empty();
    }
    var value = Types.constant(text.text(), parameter.type());
    if (value.isEmpty()) {
      mismatch(text, parameter);
    } else if (parameter.text()) {
      new Texts(this).check(text);
    }
    return value.map(Term::of);
  }

  private void mismatch(Tree value, Parameter parameter) {
    findings()
        .error(
            value.at(),
            "%s for %s".formatted(value.shape(), Wording.quoted(parameter.name())),
            Types.described(parameter.type()),
            "write such a value, or `=` and the name of one");
  }

  /// Warns of run data that is read before any step can have set it.
  private void isRead(Expressions.Compiled compiled, Spot at) {
    for (var name : ExpressionNames.read(compiled.root())) {
      if (runData.types().containsKey(name) && !set.contains(name)) {
        findings()
            .warning(
                at,
                "%s before anything has set it".formatted(Wording.quoted(name)),
                "a step above that sets it",
                "move this step down, or ask for it earlier");
      }
    }
  }

  /// The type of declared run data; with a finding when nothing declares the name.
  Optional<ValueType> declared(Tree.Scalar name) {
    var type = Optional.ofNullable(runData.types().get(name.text()));
    if (type.isEmpty()) {
      findings()
          .unknown(
              name.at(), "run data %s", name.text(), runData.types().keySet().stream().toList());
    }
    return type;
  }
}
