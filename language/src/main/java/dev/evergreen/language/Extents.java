package dev.evergreen.language;

import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Where the parts of a YAML text begin and end, in characters: what has to be known to change one
/// part and leave every other character as it is.
record Extents(String text) {

  /// Characters from `start` up to `end`.
  record Range(int start, int end) {}

  int start(Node node) {
    return offset(node.getStartMark().orElseThrow());
  }

  /// Behind the last character of the node; blank lines and comments below it are not its own.
  int end(Node node) {
    return switch (node) {
      case CollectionNode<?> flow when flow.getFlowStyle() == FlowStyle.FLOW -> endMark(flow);
      case MappingNode mapping when !mapping.getValue().isEmpty() ->
          end(mapping.getValue().getLast());
      case SequenceNode list when !list.getValue().isEmpty() -> end(list.getValue().getLast());
      case ScalarNode scalar when isBlock(scalar) -> endOfText(endMark(scalar));
      default -> endMark(node);
    };
  }

  /// Behind the value of a key, or behind its colon when it has none.
  int end(NodeTuple entry) {
    return Math.max(end(entry.getValueNode()), behindColon(entry));
  }

  int behindColon(NodeTuple entry) {
    return text.indexOf(':', endMark(entry.getKeyNode())) + 1;
  }

  int startOfLine(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /// Behind the last character of the line, its end not included.
  int endOfLine(int at) {
    int end = text.indexOf('\n', at);
    int line = end < 0 ? text.length() : end;
    return line > at && text.charAt(line - 1) == '\r' ? line - 1 : line;
  }

  /// Where the line after begins, or the end of the text.
  int nextLine(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  /// Where the first line below that is not blank begins.
  int belowBlankLines(int at) {
    int line = nextLine(at);
    while (line < text.length() && isBlankLine(line)) {
      line = nextLine(line);
    }
    return line;
  }

  /// Where the blank lines above a line begin, or the line itself.
  int aboveBlankLines(int at) {
    int line = startOfLine(at);
    while (line > 0 && isBlankLine(line - 1)) {
      line = startOfLine(line - 1);
    }
    return line;
  }

  int column(int at) {
    return at - startOfLine(at);
  }

  boolean isBlankLine(int at) {
    return text.substring(startOfLine(at), endOfLine(at)).isBlank();
  }

  /// Where the comment lines directly above a line begin that belong to what stands there.
  int withComments(int at, int column) {
    int start = startOfLine(at);
    while (start > 0) {
      int above = startOfLine(start - 1);
      String line = text.substring(above, endOfLine(above));
      String comment = line.stripLeading();
      if (!comment.startsWith("#") || line.length() - comment.length() > column) {
        return start;
      }
      start = above;
    }
    return start;
  }

  /// The `-` of each item of a block list stands below that of the first.
  int dash(SequenceNode list, int index) {
    int column = column(start(list));
    int line = startOfLine(start(list.getValue().get(index)));
    while (line > 0 && (line + column >= text.length() || text.charAt(line + column) != '-')) {
      line = startOfLine(line - 1);
    }
    return line + column;
  }

  /// An item's lines, comments above it included, up to the end of its last line.
  Range item(SequenceNode list, int index) {
    int dash = dash(list, index);
    Node item = list.getValue().get(index);
    return new Range(withComments(dash, column(dash)), endOfLine(Math.max(end(item), dash + 1)));
  }

  static boolean isFlow(Node node) {
    return node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() == FlowStyle.FLOW;
  }

  static boolean isBlock(Node node) {
    return node instanceof ScalarNode scalar
        && List.of(ScalarStyle.LITERAL, ScalarStyle.FOLDED).contains(scalar.getScalarStyle());
  }

  private int endMark(Node node) {
    return offset(node.getEndMark().orElseThrow());
  }

  private int endOfText(int at) {
    int end = at;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /// The parser counts code points.
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }
}
