package dev.evergreen.language;

import java.io.FileNotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import liqp.Template;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liqp.parser.Flavor;

/// A message text in Liquid, to be filled in with values. Plain text in, plain text out.
///
/// A text sees the values it is given and nothing else: no files, no clock, no objects. Its length
/// and depth, its rounds and what it grows to are limited, and so are its filters, so that no text
/// can hold up or fill a node. A value that is not there is blank (`default` names another); the
/// names that a text reads can be asked beforehand.
public final class TextTemplate {
  private static final int MAX_SOURCE = 64_000;
  private static final int MAX_RENDERED = 256_000;
  private static final int MAX_ROUNDS = 1_000;

  private static final TemplateParser PARSER = parser();

  private final Template template;
  private final List<Name> names;

  private TextTemplate(Template template, List<Name> names) {
    this.template = template;
    this.names = List.copyOf(names);
  }

  /// A value that a text reads: `customer.name`, and where.
  public record Name(String path, int line, int column) {}

  /// Throws [Malformed] when the text is not Liquid, or not of the part of it that is allowed.
  public static TextTemplate parse(String liquid) {
    if (liquid.length() > MAX_SOURCE) {
      throw new Malformed("expected at most %d characters".formatted(MAX_SOURCE), 1, 1);
    }
    var places = new TextPlaces(liquid);
    TextTags.check(liquid, places);
    try {
      var template = PARSER.parse(liquid);
      var names = new ArrayList<Name>();
      var own = new ArrayList<String>();
      walk(template.getParseTree(), node -> inspect(places, node, names, own));
      names.removeIf(name -> own.contains(name.path().split("[.\\[]", 2)[0]));
      return new TextTemplate(template, names);
    } catch (LiquidException e) {
      throw new Malformed(problem(e), Math.max(e.line, 1), e.charPositionInLine + 1);
    } catch (IllegalArgumentException e) {
      throw unplaced(e);
    }
  }

  /// The values that the text reads, in its order; names that it sets itself are not among them.
  public List<Name> names() {
    return names;
  }

  /// Throws [Malformed] when the text cannot be filled in, or grows beyond its limits.
  public String render(Map<String, Object> values) {
    var plain = new LinkedHashMap<String, Object>();
    values.forEach((name, value) -> plain.put(name, plain(value)));
    try {
      // A liqp template keeps the errors of its last rendering in a field.
      synchronized (template) {
        return template.render(plain);
      }
    } catch (RuntimeException e) {
      throw unplaced(e);
    }
  }

  private static TemplateParser parser() {
    var builder =
        new TemplateParser.Builder()
            .withFlavor(Flavor.LIQUID)
            .withErrorMode(TemplateParser.ErrorMode.STRICT)
            .withMaxIterations(MAX_ROUNDS)
            .withMaxSizeRenderedString(MAX_RENDERED)
            .withNameResolver(name -> {
              throw new FileNotFoundException("texts cannot include " + name);
            });
    TextFilters.guarded(MAX_RENDERED).forEach(builder::withFilter);
    return builder.build();
  }

  private static void inspect(
      TextPlaces places, ParserRuleContext node, List<Name> names, List<String> own) {
    // The lexer's own line and column are those of what it has read ahead.
    int at = node.getStart().getStartIndex();
    int line = places.line(at);
    int column = places.column(at);
    switch (node.getClass().getSimpleName()) {
      case "Lookup_id_indexesContext" -> names.add(new Name(node.getText(), line, column));
      case "AssignmentContext", "Capture_tag_IdContext", "For_arrayContext", "For_rangeContext" ->
          own.addAll(declared(node));
      case "FilterContext" -> {
        var filter = node.getChild(1).getText();
        if (!TextFilters.ALLOWED.contains(filter)) {
          throw new Malformed(
              "found the filter %s, expected one of %s"
                  .formatted(
                      Wording.quoted(filter),
                      Wording.list(TextFilters.ALLOWED.stream().sorted().toList())),
              line,
              column);
        }
      }
      case "Include_tagContext", "Include_relative_tagContext" ->
          throw new Malformed("found an include, expected a text that stands alone", line, column);
      default -> {
        // Every other node only holds these.
      }
    }
  }

  /// The name that an assign, a capture or a for makes: the node's first identifier.
  private static List<String> declared(ParserRuleContext node) {
    var names = new ArrayList<String>();
    walk(
        node,
        child -> {
          if (names.isEmpty() && child.getClass().getSimpleName().equals("IdContext")) {
            names.add(child.getText());
          }
        });
    names.add("forloop");
    return names;
  }

  private static void walk(ParseTree tree, Consumer<ParserRuleContext> visit) {
    if (tree instanceof ParserRuleContext node) {
      visit.accept(node);
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      walk(tree.getChild(i), visit);
    }
  }

  /// Only data goes in: an object of any other class could answer with more than was meant.
  private static Object plain(Object value) {
    return switch (value) {
      case String _, Boolean _, Long _, Integer _, Double _ -> value;
      case Instant instant -> instant.toString();
      case List<?> list -> list.stream().map(TextTemplate::plain).toList();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, part) -> copy.put(key.toString(), plain(part)));
        yield copy;
      }
      default ->
          throw new IllegalArgumentException(
              "expected text, a number, a flag, an instant, a list or a map, but found a "
                  + value.getClass().getName());
    };
  }

  /// The parser's own words end in a list of every token it knows; only their start helps.
  private static String problem(LiquidException e) {
    var message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    var start = message.replaceFirst("^parser error \"", "").replaceFirst(" expecting .*", "");
    return start.replaceFirst("\" on line \\d+, index \\d+$", "");
  }

  private static Malformed unplaced(RuntimeException e) {
    return new Malformed(String.valueOf(e.getMessage()), 1, 1);
  }

  /// What is wrong with a text, and where; lines and columns count from 1.
  public static final class Malformed extends RuntimeException {
    private final int line;
    private final int column;

    Malformed(String problem, int line, int column) {
      super(problem);
      this.line = line;
      this.column = column;
    }

    public int line() {
      return line;
    }

    public int column() {
      return column;
    }
  }
}
