package dev.evergreen.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads YAML into a [Tree]. Refuses what a workflow file never needs and an attacker does: great
/// size, depth or number, and aliases, by which a short text can stand for an endless one.
final class Yaml {
  private static final int MAX_LENGTH = 256_000;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_VALUES = 10_000;

  private final Findings findings;

  private Yaml(Findings findings) {
    this.findings = findings;
  }

  /// Null when the text is not YAML; then there is exactly one finding that says why.
  static @Nullable Tree read(String text, Findings findings) {
    var root = compose(text, findings);
    return root == null ? null : new Yaml(findings).tree(root);
  }

  /// The parser's own nodes, which know more of the text than a [Tree] does.
  static @Nullable Node compose(String text, Findings findings) {
    if (text.length() > MAX_LENGTH) {
      findings.error(
          Spot.START,
          "a file of %d characters".formatted(text.length()),
          "at most %d".formatted(MAX_LENGTH),
          "split it into several workflows");
      return null;
    }
    var settings = settings(text);
    try {
      return new Yaml(findings).compose(text, settings);
    } catch (MarkedYamlEngineException e) {
      var at = e.getProblemMark().or(e::getContextMark).map(Yaml::spot).orElse(Spot.START);
      findings.error(
          at,
          "text that is not YAML: " + e.getProblem(),
          "keys and values such as `title: Answer a question`, lists with `- `",
          "look at the quotes, colons and indents of this line and the one before");
      return null;
    } catch (YamlEngineException e) {
      findings.error(
          Spot.START,
          "text that is not YAML: " + e.getMessage(),
          "a text file in UTF-8",
          "save it as plain text");
      return null;
    }
  }

  /// Reads the text in one piece: the parser loses its way when its buffer ends within a character
  /// that takes two places.
  static LoadSettings settings(String text) {
    return LoadSettings.builder()
        .setLabel("file")
        .setAllowDuplicateKeys(true)
        .setBufferSize(text.length() + 2)
        .build();
  }

  private @Nullable Node compose(String text, LoadSettings settings) {
    int depth = 0;
    int values = 0;
    for (var event : new Parse(settings).parseString(text)) {
      depth += depthChange(event);
      if (++values > MAX_VALUES) {
        findings.error(
            event.getStartMark().map(Yaml::spot).orElse(Spot.START),
            "more than %,d keys and values".formatted(MAX_VALUES),
            "fewer",
            "split it into several workflows");
        return null;
      }
      if (event.getEventId() == Event.ID.Alias || depth > MAX_DEPTH) {
        findings.error(
            event.getStartMark().map(Yaml::spot).orElse(Spot.START),
            depth > MAX_DEPTH
                ? "blocks nested deeper than %d".formatted(MAX_DEPTH)
                : "an alias (`*`)",
            depth > MAX_DEPTH ? "fewer levels" : "the text itself",
            depth > MAX_DEPTH ? "split the workflow" : "write the part out again");
        return null;
      }
    }
    var root = new Compose(settings).composeString(text);
    if (root.isEmpty()) {
      findings.error(
          Spot.START, "an empty file", "a workflow", "start with `workflow:` and a name");
      return null;
    }
    return root.get();
  }

  private static int depthChange(Event event) {
    return switch (event.getEventId()) {
      case MappingStart, SequenceStart -> 1;
      case MappingEnd, SequenceEnd -> -1;
      case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
    };
  }

  private Tree tree(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence ->
          new Tree.Sequence(sequence.getValue().stream().map(this::tree).toList(), spot(node));
      case MappingNode mapping -> new Tree.Mapping(entries(mapping.getValue()), spot(node));
      default -> throw new IllegalStateException("expected a node, but found " + node);
    };
  }

  private List<Tree.Entry> entries(List<NodeTuple> tuples) {
    var entries = new ArrayList<Tree.Entry>();
    for (var tuple : tuples) {
      if (!(tree(tuple.getKeyNode()) instanceof Tree.Scalar key)) {
        findings.error(
            spot(tuple.getKeyNode()), "a list or block as a key", "a word", "write a name");
        continue;
      }
      if (entries.stream().anyMatch(entry -> entry.key().text().equals(key.text()))) {
        findings.error(
            key.at(),
            "%s a second time".formatted(Wording.quoted(key.text())),
            "each key once",
            "take one of the two out");
      }
      entries.add(new Tree.Entry(key, tree(tuple.getValueNode())));
    }
    return entries;
  }

  private static Tree.Scalar scalar(ScalarNode node) {
    var text = node.getValue();
    var oneLine =
        node.getStartMark().map(Mark::getLine).equals(node.getEndMark().map(Mark::getLine));
    var at = spot(node);
    return new Tree.Scalar(
        text, oneLine, !node.isPlain(), oneLine && !node.isPlain() ? at.right(1) : at);
  }

  private static Spot spot(Node node) {
    return Optional.of(node).flatMap(Node::getStartMark).map(Yaml::spot).orElse(Spot.START);
  }

  private static Spot spot(Mark mark) {
    return new Spot(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
