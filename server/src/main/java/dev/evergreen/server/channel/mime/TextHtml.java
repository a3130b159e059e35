package dev.evergreen.server.channel.mime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Plain text as simple HTML: paragraphs, line breaks, and addresses of pages as links.
public final class TextHtml {
  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s<>\"]{1,2000}[^\\s<>\".,;:!?)]");

  private TextHtml() {}

  /// A whole HTML page for a mail.
  public static String of(String text) {
    return "<!DOCTYPE html><html><body style=\"font-family:sans-serif;line-height:1.5\">"
        + fragment(text)
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
