package dev.evergreen.language;

import java.util.List;
import java.util.Optional;

/// A file's text as nested scalars, sequences and mappings, each with its place.
sealed interface Tree {
  Spot at();

  /// @param oneLine whether it is written on one line, so that its characters have places
  /// @param quoted whether its author said that it is a text
  record Scalar(String text, boolean oneLine, boolean quoted, Spot at) implements Tree {
    /// The place of a character of the text.
    Spot at(int offset) {
      return oneLine ? at.right(offset) : at;
    }
  }

  record Sequence(List<Tree> items, Spot at) implements Tree {}

  record Mapping(List<Entry> entries, Spot at) implements Tree {
    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().text().equals(key)).findFirst();
    }
  }

  record Entry(Scalar key, Tree value) {}

  /// What a person would call it.
  default String shape() {
    return switch (this) {
      case Scalar scalar when scalar.text().isEmpty() -> "nothing";
      case Scalar scalar -> Wording.quoted(scalar.text());
      case Sequence _ -> "a list";
      case Mapping _ -> "a block of keys";
    };
  }
}
