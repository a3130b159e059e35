package dev.evergreen.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A block of keys that is read key by key; a key that the [Grammar] does not know is a finding.
final class Section {
  private final Tree.Mapping mapping;
  private final Block block;
  private final Findings findings;

  private Section(Tree.Mapping mapping, Block block, Findings findings) {
    this.mapping = mapping;
    this.block = block;
    this.findings = findings;
  }

  static Section of(Tree.Mapping mapping, Block block, Findings findings) {
    for (var entry : mapping.entries()) {
      var key = entry.key().text();
      if (block.key(key).isEmpty()) {
        findings.unknown(entry.key().at(), "key %s in " + block.what(), key, block.names());
      }
    }
    return new Section(mapping, block, findings);
  }

  Spot at() {
    return mapping.at();
  }

  @Nullable Tree tree(String key) {
    return mapping.entry(key).map(Tree.Entry::value).orElse(null);
  }

  /// The text under a key that must be there; empty, with a finding, when it is not.
  String required(String key) {
    var scalar = scalar(key);
    if (scalar == null && mapping.entry(key).isEmpty()) {
      missing(key);
    }
    return scalar == null ? "" : scalar.text();
  }

  String optional(String key, String otherwise) {
    var scalar = scalar(key);
    return scalar == null ? otherwise : scalar.text();
  }

  /// A text; absent when the key is, or, with a finding, when something else stands there.
  Tree.@Nullable Scalar scalar(String key) {
    return switch (tree(key)) {
      case null -> null;
      case Tree.Scalar scalar when !scalar.text().isBlank() -> scalar;
      case Tree other -> {
        findings.error(
            spotOf(key),
            "%s for %s".formatted(other.shape(), Wording.quoted(key)),
            "a text",
            "write, for example, " + example(key));
        yield null;
      }
    };
  }

  Tree.@Nullable Mapping mapping(String key) {
    return switch (tree(key)) {
      case null -> null;
      case Tree.Mapping inner -> inner;
      case Tree other -> {
        findings.error(
            spotOf(key),
            "%s for %s".formatted(other.shape(), Wording.quoted(key)),
            "names with values",
            "write, for example, " + example(key));
        yield null;
      }
    };
  }

  List<Tree.Scalar> scalars(String key) {
    return switch (tree(key)) {
      case null -> List.of();
      case Tree.Scalar scalar when !scalar.text().isBlank() -> List.of(scalar);
      case Tree.Sequence list -> texts(list, key);
      case Tree other -> {
        findings.error(
            spotOf(key),
            "%s for %s".formatted(other.shape(), Wording.quoted(key)),
            "a list of texts",
            "write, for example, " + example(key));
        yield List.of();
      }
    };
  }

  /// Whether the key is there, with a value or without.
  boolean has(String key) {
    return mapping.entry(key).isPresent();
  }

  /// One of the words that the grammar has for the key; the first one when it is not there.
  String word(String key) {
    var words =
        block.key(key).orElseThrow().form() instanceof Form.Word fixed
            ? fixed.words()
            : List.<String>of();
    var scalar = scalar(key);
    if (scalar == null) {
      return words.getFirst();
    }
    if (!words.contains(scalar.text())) {
      findings.unknown(scalar.at(), "value %s for " + Wording.quoted(key), scalar.text(), words);
    }
    return scalar.text();
  }

  /// The blocks of a list, each to be read by `read`.
  void each(String key, Block inner, Consumer<Tree.Mapping> read) {
    switch (tree(key)) {
      case null -> {
        // Nothing to read.
      }
      case Tree.Sequence list -> list.items().forEach(item -> block(item, key, inner, read));
      case Tree other ->
          findings.error(
              other.at(),
              "%s for %s".formatted(other.shape(), Wording.quoted(key)),
              "a list",
              "write, for example, " + example(key));
    }
  }

  private void block(Tree item, String key, Block inner, Consumer<Tree.Mapping> read) {
    if (item instanceof Tree.Mapping one) {
      read.accept(one);
    } else {
      findings.error(
          item.at(),
          "%s under %s".formatted(item.shape(), Wording.quoted(key)),
          inner.what(),
          "write, for example, " + example(key));
    }
  }

  void missing(String key) {
    findings.error(
        mapping.at(),
        "%s without %s".formatted(block.what(), Wording.quoted(key)),
        "`%s:`".formatted(key),
        "add, for example, " + example(key));
  }

  /// `` `key: value` ``, as a person could write it.
  String example(String key) {
    return block
        .key(key)
        .map(it -> "`%s: %s`".formatted(it.name(), it.example()))
        .orElseThrow(() -> new IllegalStateException("expected a key of the grammar: " + key));
  }

  /// Where a key's value begins, or the key when the value is empty.
  Spot spotOf(String key) {
    return mapping.entry(key).map(Section::spot).orElse(mapping.at());
  }

  private List<Tree.Scalar> texts(Tree.Sequence list, String key) {
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
                      "write, for example, " + example(key)));
    }
    return texts;
  }

  private static Spot spot(Tree.Entry entry) {
    return entry.value() instanceof Tree.Scalar scalar && scalar.text().isEmpty()
        ? entry.key().at()
        : entry.value().at();
  }
}
