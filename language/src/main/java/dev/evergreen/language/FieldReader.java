package dev.evergreen.language;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads named, typed values: the fields of a form, the data of a workflow.
final class FieldReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /// Words that CEL keeps for itself, and names of the surroundings.
  private static final Set<String> TAKEN =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "event",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "now",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  private final Set<String> factNames;
  private final Findings findings;

  FieldReader(Set<String> factNames, Findings findings) {
    this.factNames = factNames;
    this.findings = findings;
  }

  List<DoStep.Field> fields(Tree.Mapping mapping) {
    var fields = new ArrayList<DoStep.Field>();
    for (var entry : mapping.entries()) {
      if (isUsable(entry.key())) {
        field(entry.key().text(), entry.value()).ifPresent(fields::add);
      }
    }
    return fields;
  }

  private boolean isUsable(Tree.Scalar name) {
    var text = name.text();
    if (!NAME.matcher(text).matches()) {
      findings.error(
          name.at(),
          "the name %s".formatted(Wording.quoted(text)),
          "small letters, digits and `_`, a letter first",
          "write, for example, `enough_information`");
      return false;
    }
    if (TAKEN.contains(text) || factNames.contains(text)) {
      findings.error(
          name.at(),
          "the name %s, which already means something else".formatted(Wording.quoted(text)),
          "a name of its own",
          "write, for example, `%s_answer`".formatted(text));
      return false;
    }
    return true;
  }

  private Optional<DoStep.Field> field(String name, Tree value) {
    return switch (value) {
      case Tree.Scalar scalar ->
          type(scalar).map(type -> new DoStep.Field(name, label(name), type, !isOptional(scalar)));
      case Tree.Sequence choices ->
          choice(choices).map(type -> new DoStep.Field(name, label(name), type, true));
      case Tree.Mapping mapping -> described(name, mapping);
    };
  }

  private Optional<DoStep.Field> described(String name, Tree.Mapping mapping) {
    var section = Section.of(mapping, StepGrammar.FIELD, findings);
    var label = section.optional("label", label(name));
    if (section.has("choices") == section.has("type")) {
      alone(section);
    }
    var written = section.scalar("type");
    var type =
        section.tree("choices") instanceof Tree.Sequence choices
            ? choice(choices)
            : Optional.ofNullable(written).flatMap(this::type);
    var optional = optional(section, written != null && isOptional(written));
    return type.map(it -> new DoStep.Field(name, label, it, !optional));
  }

  /// Either a type or choices say what may be filled in.
  private void alone(Section section) {
    if (section.has("type")) {
      findings.error(
          section.spotOf("type"),
          "`type` beside `choices`",
          "one of the two",
          "take `type` out: what is chosen is a text");
    } else {
      section.missing("type");
    }
  }

  /// @param byType whether the type says so
  private boolean optional(Section section, boolean byType) {
    if (!section.has("optional")) {
      return byType;
    }
    boolean optional = section.word("optional").equals("true");
    if (byType && !optional) {
      findings.error(
          section.spotOf("optional"),
          "`optional: false` beside a type with `optional`",
          "one word on whether it may stay empty",
          "take one of the two out");
    }
    return optional;
  }

  private Optional<ValueType> type(Tree.Scalar scalar) {
    var text = scalar.text();
    var word = isOptional(scalar) ? text.substring(TypeNames.OPTIONAL.length()).strip() : text;
    var type = TypeNames.type(word);
    if (type.isEmpty()) {
      findings.unknown(scalar.at(), "type %s", word, TypeNames.ALL);
    }
    return type;
  }

  private static boolean isOptional(Tree.Scalar scalar) {
    return scalar.text().startsWith(TypeNames.OPTIONAL);
  }

  private Optional<ValueType> choice(Tree.Sequence choices) {
    var options = new ArrayList<String>();
    for (var item : choices.items()) {
      if (item instanceof Tree.Scalar scalar && !scalar.text().isBlank()) {
        options.add(scalar.text());
      }
    }
    if (options.size() != choices.items().size() || options.isEmpty()) {
      findings.error(
          choices.at(),
          "a list that is not of texts",
          "the choices",
          "write, for example, `[yes, no]`");
      return Optional.empty();
    }
    return Optional.of(new ValueType.Choice(options));
  }

  static String label(String name) {
    var words = name.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
