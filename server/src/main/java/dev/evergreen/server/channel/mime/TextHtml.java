package dev.evergreen.server.channel.mime;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/// Plain text as simple HTML: paragraphs, line breaks, and addresses of pages as links.
public final class TextHtml {
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s<>\"]{1,2000}[^\\s<>\".,;:!?)]");

  private static final Map<String, String> LOOKS =
      Map.of(
          "blockquote", "margin:0 0 1em;padding:0 0 0 12px;border-left:2px solid #c9d1cc",
          "code", "font-family:monospace",
          "img", "max-width:100%;height:auto",
          "pre", "padding:10px 12px;background:#f2f4f3;white-space:pre-wrap");

  private TextHtml() {}

  /// A whole HTML page for a mail.
  public static String of(String text) {
    return page(fragment(text));
  }

  /// A whole HTML page for a mail, of what [HtmlSanitizer#written] left. What matters of its look
  /// is said at each element: mail programs throw style sheets away.
  public static String ofWritten(String html) {
    var body = Jsoup.parseBodyFragment(html);
    body.outputSettings().prettyPrint(false);
    LOOKS.forEach((element, look) -> body.select(element).attr("style", look));
    return page(body.body().html());
  }

  private static String page(String body) {
    return "<!DOCTYPE html><html><body style=\"font-family:sans-serif;line-height:1.5\">"
        + body
        + "</body></html>";
  }

  /// The paragraphs alone, safe to put into a page.
  public static String fragment(String text) {
    var html = new StringBuilder();
    for (String paragraph : text.strip().split("\\n\\s*\\n")) {
      html.append("<p>").append(linked(paragraph).replace("\n", "<br>\n")).append("</p>\n");
    }
    return html.toString();
  }

  private static String linked(String text) {
    var html = new StringBuilder();
    Matcher link = LINK.matcher(text);
    int at = 0;
    while (link.find()) {
      String url = escaped(link.group());
      html.append(escaped(text.substring(at, link.start())));
      html.append("<a href=\"").append(url).append("\">").append(url).append("</a>");
      at = link.end();
    }
    return html.append(escaped(text.substring(at))).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
