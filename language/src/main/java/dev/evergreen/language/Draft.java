package dev.evergreen.language;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file that has been read and is not yet compared with the others.
///
/// @param root null when the text is no YAML with keys
/// @param workflow what could be read of it, errors or not
record Draft(
    Findings findings,
    Tree.@Nullable Mapping root,
    @Nullable WorkflowFile workflow,
    @Nullable ProcessFile process,
    Notes notes) {

  /// Looks at the whole, when nothing is wrong with its parts.
  void rule(Catalogue catalogue, Map<String, WorkflowFile> known) {
    if (root != null && workflow != null && !findings.hasErrors()) {
      new Rules(workflow, root, catalogue, known, findings).check();
    }
  }

  /// The place of a text under a key, alone or in a list.
  Spot at(String key, String text) {
    var value = root == null ? null : root.entry(key).map(Tree.Entry::value).orElse(null);
    return switch (value) {
      case null -> Spot.START;
      case Tree.Sequence list ->
          list.items().stream()
              .filter(item -> item instanceof Tree.Scalar one && one.text().equals(text))
              .map(Tree::at)
              .findFirst()
              .orElse(list.at());
      case Tree other -> other.at();
    };
  }

  Checked checked() {
    boolean usable = !findings.hasErrors();
    return new Checked(usable ? workflow : null, usable ? process : null, findings.inOrder());
  }
}
