package dev.evergreen.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Where the steps and handlers of a file's text stand, by the ids that they have in its tree. It
/// also stands for texts that are not right yet.
///
/// @param byId in the order of the text; the head of the file is `""`
/// @param lists by address
/// @param homes the block and key of each list, by address
record Blocks(
    Map<String, MappingNode> byId, Map<String, SequenceNode> lists, Map<String, Home> homes) {

  /// A block's list and its index there, from 0.
  record Place(String list, int index) {
    static Place of(String id) {
      int dot = id.lastIndexOf('.');
      var number = id.substring(dot + 1);
      if (!number.matches("[1-9]\\d{0,5}")) {
        throw new IllegalArgumentException("expected the id of a step, but found " + id);
      }
      return new Place(dot < 0 ? "" : id.substring(0, dot), Integer.parseInt(number) - 1);
    }
  }

  /// Where a list stands: the block that it belongs to, and its key there.
  record Home(String block, String key) {}

  static Blocks of(MappingNode root) {
    var blocks = new Blocks(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    blocks.byId.put("", root);
    blocks.collect(root, "");
    return blocks;
  }

  /// Where a list stands, or would stand if it were there.
  Home home(String list) {
    var known = homes.get(list);
    if (known != null) {
      return known;
    }
    int dot = list.lastIndexOf('.');
    var last = list.substring(dot + 1);
    return last.isEmpty() || last.matches("\\d+")
        ? new Home(list, "steps")
        : new Home(dot < 0 ? "" : list.substring(0, dot), last);
  }

  static String id(String list, int index) {
    return list.isEmpty() ? String.valueOf(index + 1) : list + "." + (index + 1);
  }

  private void collect(MappingNode block, String id) {
    int branches = 0;
    for (var entry : block.getValue()) {
      var key = text(entry.getKeyNode());
      if (!holdsBlocks(entry)) {
        continue;
      }
      if (key.startsWith("when ") || key.startsWith("branch ")) {
        branches++;
      }
      var address = address(id, key, branches);
      homes.put(address, new Home(id, key));
      if (entry.getValueNode() instanceof SequenceNode list) {
        lists.put(address, list);
        collect(list, address);
      }
    }
  }

  private void collect(SequenceNode list, String address) {
    for (int i = 0; i < list.getValue().size(); i++) {
      if (list.getValue().get(i) instanceof MappingNode block) {
        byId.put(id(address, i), block);
        collect(block, id(address, i));
      }
    }
  }

  private static String address(String id, String key, int branches) {
    var prefix = id.isEmpty() ? "" : id + ".";
    return switch (key) {
      case "steps" -> id;
      case "else", "otherwise", "on" -> prefix + key;
      default -> prefix + branches;
    };
  }

  /// Whether steps or handlers stand under a key.
  static boolean holdsBlocks(NodeTuple entry) {
    var key = text(entry.getKeyNode());
    return switch (key) {
      case "steps", "else" -> true;
      case "on", "otherwise" -> entry.getValueNode() instanceof SequenceNode;
      default -> key.startsWith("when ") || key.startsWith("branch ");
    };
  }

  static Block grammar(MappingNode block, String id) {
    if (id.isEmpty()) {
      return entry(block, "process").isPresent() && entry(block, "workflow").isEmpty()
          ? Grammar.PROCESS
          : Grammar.WORKFLOW;
    }
    var kind = kind(block, id);
    return StepGrammar.STEPS.stream()
        .filter(step -> step.name().equals(kind))
        .findFirst()
        .orElse(StepGrammar.HANDLER);
  }

  static String kind(MappingNode block, String id) {
    var address = Place.of(id).list();
    if (address.substring(address.lastIndexOf('.') + 1).equals("on")) {
      return "on";
    }
    return block.getValue().stream()
        .map(entry -> text(entry.getKeyNode()))
        .filter(key -> StepGrammar.STEPS.stream().anyMatch(step -> step.name().equals(key)))
        .findFirst()
        .orElse("");
  }

  static Optional<NodeTuple> entry(MappingNode block, String key) {
    return block.getValue().stream()
        .filter(entry -> text(entry.getKeyNode()).equals(key))
        .findFirst();
  }

  static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /// Texts, lists and maps as the node has them; a text of several lines without its last line end.
  static Object value(Node node) {
    return switch (node) {
      case SequenceNode list -> list.getValue().stream().map(Blocks::value).toList();
      case MappingNode mapping -> {
        var values = new LinkedHashMap<String, Object>();
        mapping
            .getValue()
            .forEach(entry -> values.put(text(entry.getKeyNode()), value(entry.getValueNode())));
        yield values;
      }
      default -> text(node).stripTrailing();
    };
  }

  /// The same for writing it again: what was quoted stays so, and what would be lost is kept.
  static Object whole(Node node) {
    return switch (node) {
      case SequenceNode list ->
          new ArrayList<>(list.getValue().stream().map(Blocks::whole).toList());
      case MappingNode mapping -> {
        var values = new LinkedHashMap<String, Object>();
        mapping
            .getValue()
            .forEach(entry -> values.put(text(entry.getKeyNode()), whole(entry.getValueNode())));
        yield values;
      }
      case ScalarNode scalar when !scalar.isPlain() && !Extents.isBlock(scalar) ->
          new YamlWriter.Quoted(scalar.getValue());
      default -> text(node);
    };
  }
}
