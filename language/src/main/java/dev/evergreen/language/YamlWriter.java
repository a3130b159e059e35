package dev.evergreen.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Values as people would write them in YAML: texts, and lists and maps of such. What it writes
/// reads back as the same text.
final class YamlWriter {
  private static final int LONGEST_LINE = 100;

  /// Short blocks under these keys stand on one line.
  private static final Set<String> ON_ONE_LINE =
      Set.of("with", "set", "into", "retry", "otherwise");

  private YamlWriter() {}

  /// A text that keeps its quotes, because without them it would be a number or a boolean.
  record Quoted(String text) {}

  /// A block of keys. The first line has no indent, as behind `- `; the last has no end.
  static String mapping(Map<String, ?> values, int indent) {
    return values.entrySet().stream()
        .map(entry -> entry(entry.getKey(), entry.getValue(), indent))
        .collect(Collectors.joining("\n" + " ".repeat(indent)));
  }

  /// `key: value`, without an indent before it or an end after it.
  static String entry(String key, Object value, int indent) {
    return key(key) + ":" + behind(key, value, indent);
  }

  static String key(String key) {
    return isPlain(key + ": x", key) ? key : quoted(key);
  }

  /// What stands behind `key:`, blank or line end included.
  static String behind(String key, Object value, int indent) {
    return switch (value) {
      case Map<?, ?> map when map.isEmpty() -> " {}";
      case Map<?, ?> map when isShort(key, map, indent) -> " " + flow(map);
      case Map<?, ?> map -> "\n" + " ".repeat(indent + 2) + mapping(named(map), indent + 2);
      case List<?> list when list.isEmpty() -> " []";
      case List<?> list when isShort(key, list, indent) -> " " + flow(list);
      case List<?> list -> "\n" + " ".repeat(indent + 2) + items(list, indent + 2);
      default -> " " + scalar(value, indent);
    };
  }

  /// `- ` items below each other. The first line has no indent.
  static String items(List<?> list, int indent) {
    return list.stream()
        .map(item -> "- " + item(item, indent + 2))
        .collect(Collectors.joining("\n" + " ".repeat(indent)));
  }

  private static String item(Object item, int indent) {
    return switch (item) {
      case Map<?, ?> map when !map.isEmpty() -> mapping(named(map), indent);
      case Map<?, ?> _, List<?> _ -> flow(item);
      default -> scalar(item, indent - 2);
    };
  }

  private static boolean isShort(String key, Object value, int indent) {
    boolean flat =
        switch (value) {
          case Map<?, ?> map ->
              ON_ONE_LINE.contains(key) && map.values().stream().allMatch(YamlWriter::isOneWord);
          case List<?> list ->
              list.stream().allMatch(YamlWriter::isOneWord)
                  && list.stream().noneMatch(it -> it.toString().contains(" "));
          default -> false;
        };
    return flat && indent + key.length() + 2 + flow(value).length() <= LONGEST_LINE;
  }

  private static boolean isOneWord(Object value) {
    return !(value instanceof Map || value instanceof List) && !value.toString().contains("\n");
  }

  private static String flow(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> flow(entry.getKey()) + ": " + flow(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(YamlWriter::flow).collect(Collectors.joining(", ", "[", "]"));
      case Quoted quoted -> quoted(quoted.text());
      default -> {
        var text = value.toString();
        yield isPlain("[" + text + "]", text) ? text : quoted(text);
      }
    };
  }

  private static String scalar(Object value, int indent) {
    if (value instanceof Quoted quoted) {
      return quoted(quoted.text());
    }
    var text = value.toString();
    if (isPlain("k: " + text, text)) {
      return text;
    }
    return isBlock(text) ? block(text, indent) : quoted(text);
  }

  /// Asks the parser itself whether `text` stands for itself where `yaml` has it.
  private static boolean isPlain(String yaml, String text) {
    if (text.isBlank()
        || text.contains("\n")
        || text.contains("\t")
        || text.equalsIgnoreCase("null")
        || text.equals("~")) {
      return false;
    }
    try {
      return new Compose(Yaml.settings(yaml))
          .composeString(yaml)
          .filter(it -> stands(it, text))
          .isPresent();
    } catch (YamlEngineException _) {
      return false;
    }
  }

  private static boolean stands(Node node, String text) {
    return switch (node) {
      case MappingNode map when map.getValue().size() == 1 ->
          stands(map.getValue().getFirst().getValueNode(), text)
              || stands(map.getValue().getFirst().getKeyNode(), text);
      case SequenceNode list when list.getValue().size() == 1 ->
          stands(list.getValue().getFirst(), text);
      case ScalarNode scalar ->
          scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getValue().equals(text);
      default -> false;
    };
  }

  /// Whether a text of several lines can stand as it is below `|`.
  private static boolean isBlock(String text) {
    return text.contains("\n")
        && !text.startsWith("\n")
        && !text.startsWith(" ")
        && !text.endsWith("\n\n")
        && text.codePoints().allMatch(it -> it == '\n' || isPrintable(it))
        && text.lines().noneMatch(line -> !line.isEmpty() && line.isBlank());
  }

  private static String block(String text, int indent) {
    var lines = new ArrayList<String>();
    lines.add(text.endsWith("\n") ? "|" : "|-");
    text.lines().map(it -> it.isEmpty() ? "" : " ".repeat(indent + 2) + it).forEach(lines::add);
    return String.join("\n", lines);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(it -> {
          switch (it) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> {
              if (isPrintable(it)) {
                quoted.appendCodePoint(it);
              } else {
                quoted.append("\\U%08x".formatted(it));
              }
            }
          }
        });
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int codePoint) {
    return codePoint != 0xFEFF
        && switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static Map<String, ?> named(Map<?, ?> map) {
    var named = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> named.put(key.toString(), value));
    return named;
  }
}
