package dev.evergreen.server.channel.mime;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// The words of an HTML mail as plain text, with the line breaks that a reader would see.
public final class HtmlText implements NodeVisitor {
  private static final Set<String> LINES =
      Set.of(
          "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol", "pre");
  private static final Set<String> SILENT = Set.of("style", "script", "title", "head");

  private final StringBuilder text = new StringBuilder();

  private HtmlText() {}

  public static String of(String html) {
    var words = new HtmlText();
    Jsoup.parse(html).traverse(words);
    return words
        .text
        .toString()
        .replace('\u00a0', ' ')
        .replaceAll("[ \\t]+\\n", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode words && !(node.parent() instanceof Element in && silent(in))) {
      String said = words.text();
      text.append(atLineStart() ? said.stripLeading() : said);
    } else if (node instanceof Element element && element.normalName().equals("br")) {
      text.append('\n');
    } else if (node instanceof Element element && LINES.contains(element.normalName())) {
      text.append(atLineStart() ? "" : "\n").append(element.normalName().equals("li") ? "- " : "");
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element && LINES.contains(element.normalName())) {
      text.append(atLineStart() ? "" : "\n").append(element.normalName().equals("p") ? "\n" : "");
    }
  }

  private static boolean silent(Element element) {
    return SILENT.contains(element.normalName());
  }

  private boolean atLineStart() {
    return text.isEmpty() || text.charAt(text.length() - 1) == '\n';
  }
}
