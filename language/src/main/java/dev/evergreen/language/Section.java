package dev.evergreen.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A block of keys that is read key by key; a key that nobody knows is a finding.
final class Section {
  private final Tree.Mapping mapping;
  private final String what;
  private final Findings findings;

  private Section(Tree.Mapping mapping, String what, Findings findings) {
    this.mapping = mapping;
    this.what = what;
    this.findings = findings;
  }

  static Section of(Tree.Mapping mapping, String what, List<String> keys, Findings findings) {
    for (var entry : mapping.entries()) {
      if (!keys.contains(entry.key().text())) {
        findings.unknown(entry.key().at(), "key %s in " + what, entry.key().text(), keys);
      }
    }
    return new Section(mapping, what, findings);
  }

  Spot at() {
    return mapping.at();
  }

  @Nullable Tree tree(String key) {
    return mapping.entry(key).map(Tree.Entry::value).orElse(null);
  }

  /// The text under a key that must be there; empty, with a finding, when it is not.
  String required(String key, String example) {
    var scalar = scalar(key, example);
    if (scalar == null && mapping.entry(key).isEmpty()) {
      missing(mapping.at(), key, example);
    }
    return scalar == null ? "" : scalar.text();
  }

  String optional(String key, String example, String otherwise) {
    var scalar = scalar(key, example);
    return scalar == null ? otherwise : scalar.text();
  }

  /// A text; absent when the key is, or, with a finding, when something else stands there.
  Tree.@Nullable Scalar scalar(String key, String example) {
    return switch (tree(key)) {
      case null -> null;
      case Tree.Scalar scalar when !scalar.text().isBlank() -> scalar;
      case Tree other -> {
        findings.error(
            spotOf(key),
            "%s for %s".formatted(other.shape(), Wording.quoted(key)),
            "a text",
            "write, for example, `%s: %s`".formatted(key, example));
        yield null;
      }
    };
  }

  Tree.@Nullable Mapping mapping(String key, String example) {
    return switch (tree(key)) {
      case null -> null;
      case Tree.Mapping inner -> inner;
      case Tree other -> {
        findings.error(
            spotOf(key),
            "%s for %s".formatted(other.shape(), Wording.quoted(key)),
            "names with values",
            "write, for example, `%s`".formatted(example));
        yield null;
      }
    };
  }

  List<Tree.Scalar> scalars(String key, String example) {
    return switch (tree(key)) {
      case null -> List.of();
      case Tree.Scalar scalar when !scalar.text().isBlank() -> List.of(scalar);
      case Tree.Sequence list -> texts(list, key, example);
      case Tree other -> {
        findings.error(
            spotOf(key),
            "%s for %s".formatted(other.shape(), Wording.quoted(key)),
            "a list of texts",
            "write, for example, `%s: %s`".formatted(key, example));
        yield List.of();
      }
    };
  }

  void missing(Spot at, String key, String example) {
    findings.error(
        at,
        "%s without %s".formatted(what, Wording.quoted(key)),
        "`%s:`".formatted(key),
        "add, for example, `%s: %s`".formatted(key, example));
  }

  /// Where a key's value begins, or the key when the value is empty.
  Spot spotOf(String key) {
    return mapping.entry(key).map(Section::spot).orElse(mapping.at());
  }

  private List<Tree.Scalar> texts(Tree.Sequence list, String key, String example) {
    var texts = new ArrayList<Tree.Scalar>();
    for (var item : list.items()) {
      Optional.of(item)
          .filter(it -> it instanceof Tree.Scalar scalar && !scalar.text().isBlank())
          .map(Tree.Scalar.class::cast)
          .ifPresentOrElse(
              texts::add,
              () ->
                  findings.error(
                      item.at(),
                      "%s in the list %s".formatted(item.shape(), Wording.quoted(key)),
                      "a text",
                      "write, for example, `%s: %s`".formatted(key, example)));
    }
    return texts;
  }

  private static Spot spot(Tree.Entry entry) {
    return entry.value() instanceof Tree.Scalar scalar && scalar.text().isEmpty()
        ? entry.key().at()
        : entry.value().at();
  }
}
