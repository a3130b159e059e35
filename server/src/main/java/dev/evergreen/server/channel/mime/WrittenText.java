package dev.evergreen.server.channel.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/// What an agent has formatted, as plain text that says the same: quotes behind `>`, lists behind
/// hyphens and numbers, links with where they lead. It goes out beside the formatted form.
public final class WrittenText {
  private static final Set<String> BLOCKS = Set.of("blockquote", "ol", "p", "pre", "ul");

  private WrittenText() {}

  /// @param html as [HtmlSanitizer#written] leaves it
  public static String of(String html) {
    return String.join("\n", lines(Jsoup.parseBodyFragment(html).body(), true)).strip();
  }

  /// @param airy whether a blank line stands between two blocks
  private static List<String> lines(Element around, boolean airy) {
    var lines = new ArrayList<String>();
    var words = new StringBuilder();
    for (Node node : around.childNodes()) {
      if (node instanceof Element block && BLOCKS.contains(block.normalName())) {
        add(lines, linesOf(words), airy);
        words.setLength(0);
        add(lines, block(block), airy);
      } else {
        say(node, words);
      }
    }
    add(lines, linesOf(words), airy);
    return lines;
  }

  private static void add(List<String> lines, List<String> more, boolean airy) {
    if (airy && !lines.isEmpty() && !more.isEmpty()) {
      lines.add("");
    }
    lines.addAll(more);
  }

  private static List<String> linesOf(CharSequence words) {
    return words.toString().isBlank()
        ? List.of()
        : words.toString().lines().map(String::stripTrailing).toList();
  }

  private static List<String> block(Element block) {
    return switch (block.normalName()) {
      case "blockquote" ->
          lines(block, true).stream().map(line -> line.isEmpty() ? ">" : "> " + line).toList();
      case "ul", "ol" -> items(block);
      default -> lines(block, true);
    };
  }

  private static List<String> items(Element list) {
    var lines = new ArrayList<String>();
    String start = list.attr("start");
    int number = start.matches("\\d{1,4}") ? Integer.parseInt(start) : 1;
    for (Element item : list.children()) {
      String mark = list.normalName().equals("ol") ? number++ + ". " : "- ";
      List<String> said = lines(item, false);
      String margin = " ".repeat(mark.length());
      Stream.concat(
              Stream.of(mark + (said.isEmpty() ? "" : said.getFirst())),
              said.stream().skip(1).map(line -> margin + line))
          .forEach(lines::add);
    }
    return lines;
  }

  private static void say(Node node, StringBuilder words) {
    if (node instanceof TextNode text) {
      Element in = text.parent();
      boolean isExact = in != null && in.closest("pre") != null;
      words.append(isExact ? text.getWholeText() : text.text());
    } else if (node instanceof Element element) {
      switch (element.normalName()) {
        case "br" -> words.append('\n');
        case "img" ->
            words
                .append('[')
                .append(element.attr("alt").isBlank() ? "image" : element.attr("alt"))
                .append(']');
        case "a" -> link(element, words);
        default -> element.childNodes().forEach(child -> say(child, words));
      }
    }
  }

  private static void link(Element link, StringBuilder words) {
    link.childNodes().forEach(child -> say(child, words));
    String address = link.attr("href");
    if (!link.text().equals(address) && !address.equals("mailto:" + link.text())) {
      words.append(" <").append(address).append('>');
    }
  }
}
