package dev.evergreen.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// The text of a workflow file, to be changed block by block. Whatever is not changed stays as it
/// is, to the character: comments, blank lines, the way lists are written.
///
/// A block is told by its id: `""` for the head of the file, `3`, `3.else.2` for steps, `3.on.1`
/// for handlers; a list of blocks by what their ids have before the last number: `""` for the steps
/// of the workflow, `3.else`, `3.on`. What a change needs and does not find throws
/// `IllegalArgumentException`. Values are texts (of which a number or a boolean is one), lists and
/// maps.
public final class WorkflowText {
  private final String text;
  private final Extents extents;
  private final Blocks blocks;

  private WorkflowText(String text, Blocks blocks) {
    this.text = text;
    this.extents = new Extents(text);
    this.blocks = blocks;
  }

  /// A step or a handler as it stands in the text, without the blocks inside it.
  ///
  /// @param kind its first key, `do` for example; `on` for a handler
  /// @param values what stands under its keys
  /// @param line where it begins, counted from 1
  public record Part(String id, String kind, Map<String, Object> values, int line) {}

  /// A list of steps or handlers inside a block.
  ///
  /// @param address what the ids in it have before their last number
  /// @param key what it stands under: `else`, or `when ticket.answered`
  public record Sequence(String address, String key) {}

  /// Empty when the text is not YAML with keys, as while somebody is typing.
  public static Optional<WorkflowText> of(String text) {
    return Yaml.compose(text, new Findings("text")) instanceof MappingNode root
        ? Optional.of(new WorkflowText(text, Blocks.of(root)))
        : Optional.empty();
  }

  public String text() {
    return text;
  }

  /// What stands under the keys of the file, without steps and handlers.
  public Map<String, Object> head() {
    return valuesOf("");
  }

  /// Every step and handler, in the order of the text.
  public List<Part> parts() {
    return blocks.byId().entrySet().stream()
        .filter(block -> !block.getKey().isEmpty())
        .map(block -> part(block.getKey(), block.getValue()))
        .toList();
  }

  public Optional<Part> part(String id) {
    return Optional.ofNullable(blocks.byId().get(id)).map(block -> part(id, block));
  }

  /// The lists inside a block, in the order of the text; those without a step, too.
  public List<Sequence> sequences(String id) {
    return blocks.homes().entrySet().stream()
        .filter(home -> home.getValue().block().equals(id))
        .map(home -> new Sequence(home.getKey(), home.getValue().key()))
        .toList();
  }

  /// The id of the innermost step or handler on that line, counted from 1.
  public Optional<String> partAt(int line) {
    String found = null;
    for (var block : blocks.byId().entrySet()) {
      if (!block.getKey().isEmpty()
          && lineOf(extents.start(block.getValue())) <= line
          && lineOf(extents.end(block.getValue())) >= line) {
        found = block.getKey();
      }
    }
    return Optional.ofNullable(found);
  }

  /// Puts a value under a key of a block, in place of the one there or where the key belongs.
  public WorkflowText set(String id, String key, Object value) {
    var block = block(id);
    var wanted = value instanceof String lines && lines.contains("\n") ? ended(lines) : value;
    var entry = Blocks.entry(block, key);
    if (entry.isPresent() && Blocks.value(entry.get().getValueNode()).equals(plain(value))) {
      return this;
    }
    if (Extents.isFlow(block)) {
      return unfolded(Blocks.Place.of(id).list()).set(id, key, value);
    }
    return entry
        .map(it -> replaced(it, key, kept(it.getValueNode(), wanted), indentOf(block)))
        .orElseGet(() -> added(block, id, key, wanted));
  }

  /// The value with what it has in common with the one before as that was written: a quoted number
  /// stays a text.
  private static Object kept(Node before, Object wanted) {
    if (Blocks.value(before).equals(plain(wanted))) {
      return Blocks.whole(before);
    }
    if (!(before instanceof MappingNode mapping) || !(wanted instanceof Map<?, ?> map)) {
      return wanted;
    }
    var kept = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> {
      var entry = Blocks.entry(mapping, key.toString());
      kept.put(key.toString(), entry.map(it -> kept(it.getValueNode(), value)).orElse(value));
    });
    return kept;
  }

  /// Gives a key of a block another name: another condition for a branch.
  public WorkflowText rename(String id, String key, String name) {
    var entry = entry(id, key).getKeyNode();
    return with(extents.start(entry), extents.end(entry), YamlWriter.key(name));
  }

  /// Takes a key and what stands under it out of a block.
  public WorkflowText remove(String id, String key) {
    var block = block(id);
    var entry = entry(id, key);
    if (block.getValue().size() == 1) {
      throw new IllegalArgumentException("expected another key beside " + key + " in " + id);
    }
    if (Extents.isFlow(block)) {
      return unfolded(Blocks.Place.of(id).list()).remove(id, key);
    }
    int start = extents.start(entry.getKeyNode());
    if (entry == block.getValue().getFirst()) {
      return with(start, extents.start(block.getValue().get(1).getKeyNode()), "");
    }
    return with(
        extents.withComments(start, indentOf(block)), extents.nextLine(extents.end(entry)), "");
  }

  /// Puts a step or handler into a list, which is made when the block has none yet.
  ///
  /// @param position counted from 0, at most the number of items
  public WorkflowText insert(String list, int position, Map<String, ?> values) {
    var there = blocks.lists().get(list);
    if (there == null || there.getValue().isEmpty()) {
      var home = blocks.home(list);
      return set(home.block(), home.key(), List.of(values));
    }
    if (Extents.isFlow(there)) {
      return unfolded(list).insert(list, position, values);
    }
    int indent = extents.column(extents.start(there));
    return inserted(there, position, "- " + YamlWriter.mapping(values, indent + 2));
  }

  public WorkflowText insertAfter(String id, Map<String, ?> values) {
    var place = Blocks.Place.of(id);
    return insert(place.list(), place.index() + 1, values);
  }

  /// Takes a step or handler out, with the comments above it.
  public WorkflowText delete(String id) {
    var place = Blocks.Place.of(id);
    var list = list(place.list());
    block(id);
    if (Extents.isFlow(list)) {
      return unfolded(place.list()).delete(id);
    }
    var range = extents.item(list, place.index());
    if (list.getValue().size() == 1) {
      return emptied(place.list(), range);
    }
    return place.index() + 1 < list.getValue().size()
        ? with(range.start(), extents.belowBlankLines(range.end()), "")
        : with(extents.aboveBlankLines(range.start()), extents.nextLine(range.end()), "");
  }

  /// Moves a step or handler, with the comments above it, to a position of a list as it is before
  /// the move.
  public WorkflowText move(String id, String list, int position) {
    var from = Blocks.Place.of(id);
    if (list.equals(id) || list.startsWith(id + ".")) {
      throw new IllegalArgumentException("expected a list outside " + id + ", but found " + list);
    }
    var source = list(from.list());
    block(id);
    if (from.list().equals(list) && (position == from.index() || position == from.index() + 1)) {
      return this;
    }
    if (Extents.isFlow(source)) {
      return unfolded(from.list()).move(id, list, position);
    }
    var range = extents.item(source, from.index());
    var lines = text.substring(range.start(), range.end());
    int indent = extents.column(extents.start(source));
    return placed(list, position, lines, indent).delete(idBeside(id, list, position));
  }

  private WorkflowText placed(String list, int position, String lines, int indent) {
    var there = blocks.lists().get(list);
    if (there == null || there.getValue().isEmpty() || Extents.isFlow(there)) {
      // A stand-in makes the list; the lines then take its place.
      var made = insert(list, position, Map.of("end", "here"));
      var range = made.extents.item(made.list(list), position);
      int column = made.extents.column(made.extents.start(made.list(list)));
      return made.with(range.start(), range.end(), shifted(lines, column - indent));
    }
    int column = extents.column(extents.start(there));
    return inserted(there, position, shifted(lines, column - indent).stripLeading());
  }

  /// The id that a block has after something was put at a position of a list.
  private static String idBeside(String id, String list, int position) {
    var prefix = list.isEmpty() ? "" : list + ".";
    if (!id.startsWith(prefix)) {
      return id;
    }
    var rest = id.substring(prefix.length()).split("\\.", 2);
    if (!rest[0].matches("\\d+") || Integer.parseInt(rest[0]) <= position) {
      return id;
    }
    var number = Integer.parseInt(rest[0]) + 1;
    return prefix + number + (rest.length > 1 ? "." + rest[1] : "");
  }

  private WorkflowText emptied(String list, Extents.Range last) {
    var home = blocks.home(list);
    int colon = extents.behindColon(entry(home.block(), home.key()));
    return text.substring(colon, last.start()).isBlank()
        ? with(colon, last.end(), " []")
        : with(last.start(), last.end(), " ".repeat(indentOf(block(home.block())) + 2) + "[]");
  }

  private WorkflowText inserted(SequenceNode list, int position, String item) {
    int count = list.getValue().size();
    int indent = extents.column(extents.start(list));
    var margin = " ".repeat(indent);
    if (position < 0 || position > count) {
      throw new IllegalArgumentException(
          "expected a position from 0 to %d, but found %d".formatted(count, position));
    }
    var gap = isSpaced(list, position) ? "\n\n" : "\n";
    if (position < count) {
      int at = extents.item(list, position).start();
      return with(at, at, margin + item + gap);
    }
    int at = extents.item(list, count - 1).end();
    return with(at, at, gap + margin + item);
  }

  /// Whether blank lines stand between the items near a position.
  private boolean isSpaced(SequenceNode list, int position) {
    int count = list.getValue().size();
    if (count < 2) {
      return false;
    }
    int below = Math.clamp(position, 1, count - 1);
    int start = extents.item(list, below).start();
    return start > 0 && extents.isBlankLine(start - 1);
  }

  private WorkflowText replaced(NodeTuple entry, String key, Object value, int indent) {
    var old = entry.getValueNode();
    int colon = extents.behindColon(entry);
    int end = Extents.isBlock(old) ? extents.end(old) : Math.max(extents.end(old), colon);
    var behind = YamlWriter.behind(key, value, indent);
    int lineEnd = extents.endOfLine(end);
    var comment = text.substring(end, lineEnd);
    int breaks = behind.indexOf('\n');
    boolean staysBelow = lineEnd > extents.endOfLine(colon) && !behind.startsWith(" |");
    if (breaks < 0 || comment.isBlank() || staysBelow) {
      return with(colon, end, behind);
    }
    return with(colon, lineEnd, behind.substring(0, breaks) + comment + behind.substring(breaks));
  }

  private WorkflowText added(MappingNode block, String id, String key, Object value) {
    var order = Blocks.grammar(block, id);
    int rank = rank(order, key);
    var before = block.getValue().getFirst();
    for (var entry : block.getValue()) {
      if (rank(order, Blocks.text(entry.getKeyNode())) <= rank) {
        before = entry;
      }
    }
    int at = extents.endOfLine(extents.end(before));
    int indent = indentOf(block);
    return with(at, at, "\n" + " ".repeat(indent) + YamlWriter.entry(key, value, indent));
  }

  private static int rank(Block order, String key) {
    for (int i = 0; i < order.keys().size(); i++) {
      if (order.keys().get(i).matches(key)) {
        return i;
      }
    }
    return order.keys().size();
  }

  /// With a list that is written on one line written below each other, and what it stands in.
  private WorkflowText unfolded(String list) {
    var home = blocks.home(list);
    var block = block(home.block());
    if (Extents.isFlow(block)) {
      return unfolded(Blocks.Place.of(home.block()).list());
    }
    var entry = entry(home.block(), home.key());
    var value = Blocks.whole(entry.getValueNode());
    return replaced(entry, home.key(), value, indentOf(block));
  }

  private int indentOf(MappingNode block) {
    return extents.column(extents.start(block));
  }

  private Part part(String id, MappingNode block) {
    return new Part(id, Blocks.kind(block, id), valuesOf(id), lineOf(extents.start(block)));
  }

  private int lineOf(int at) {
    return (int) text.substring(0, at).chars().filter(it -> it == '\n').count() + 1;
  }

  private Map<String, Object> valuesOf(String id) {
    var values = new LinkedHashMap<String, Object>();
    for (var entry : block(id).getValue()) {
      if (!Blocks.holdsBlocks(entry)) {
        values.put(Blocks.text(entry.getKeyNode()), Blocks.value(entry.getValueNode()));
      }
    }
    return values;
  }

  private MappingNode block(String id) {
    var block = blocks.byId().get(id);
    if (block == null) {
      throw new IllegalArgumentException("expected a step or handler " + id);
    }
    return block;
  }

  private SequenceNode list(String address) {
    var list = blocks.lists().get(address);
    if (list == null) {
      throw new IllegalArgumentException("expected a list " + address);
    }
    return list;
  }

  private NodeTuple entry(String id, String key) {
    return Blocks.entry(block(id), key)
        .orElseThrow(() -> new IllegalArgumentException("expected the key " + key + " in " + id));
  }

  private WorkflowText with(int start, int end, String part) {
    var lines = text.contains("\r\n") ? part.replace("\r\n", "\n").replace("\n", "\r\n") : part;
    var changed = text.substring(0, start) + lines + text.substring(end);
    return of(changed)
        .orElseThrow(() ->
            new IllegalStateException("expected the change to leave YAML, but found " + changed));
  }

  private static String ended(String lines) {
    return lines.endsWith("\n") ? lines : lines + "\n";
  }

  /// As [Blocks#value] tells values.
  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var plain = new LinkedHashMap<String, Object>();
        map.forEach((key, part) -> plain.put(key.toString(), plain(part)));
        yield plain;
      }
      case List<?> list -> list.stream().map(WorkflowText::plain).toList();
      default -> value.toString().stripTrailing();
    };
  }

  private static String shifted(String lines, int columns) {
    var shifted = new ArrayList<String>();
    for (var line : lines.split("\n", -1)) {
      int blank = line.length() - line.stripLeading().length();
      shifted.add(
          line.isBlank() ? line : " ".repeat(Math.max(blank + columns, 0)) + line.substring(blank));
    }
    return String.join("\n", shifted);
  }
}
