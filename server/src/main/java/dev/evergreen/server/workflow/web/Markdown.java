package dev.evergreen.server.workflow.web;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Instructions as HTML that is safe to show: tags in the text stay text, and links lead only to
/// web pages and mail addresses.
final class Markdown {
  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).softbreak(" ").build();

  private Markdown() {}

  static String html(String text) {
    return RENDERER.render(PARSER.parse(text));
  }
}
