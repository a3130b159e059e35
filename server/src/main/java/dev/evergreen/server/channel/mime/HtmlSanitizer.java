package dev.evergreen.server.channel.mime;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Makes a stranger's HTML harmless: no script, form, frame, position, or request to anywhere.
/// Remote images lose their source to `data-remote-src`, so that only a reader's wish loads them;
/// `cid:` images stay for the page to resolve; links open elsewhere and say nothing of us.
/// Sanitizing twice gives the same as once.
public final class HtmlSanitizer {
  private static final Pattern REMOTE = Pattern.compile("(?i)https?://[^\\s\"'<>]{1,2000}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}%?");
  private static final Pattern COLOR = Pattern.compile("#?[0-9a-zA-Z]{3,20}");

  private static final CssSchema STYLES =
      CssSchema.withProperties(
          List.of(
              "background-color",
              "border",
              "border-bottom",
              "border-collapse",
              "border-color",
              "border-left",
              "border-radius",
              "border-right",
              "border-spacing",
              "border-style",
              "border-top",
              "border-width",
              "color",
              "font-family",
              "font-size",
              "font-style",
              "font-variant",
              "font-weight",
              "height",
              "letter-spacing",
              "line-height",
              "list-style-type",
              "max-width",
              "padding",
              "padding-bottom",
              "padding-left",
              "padding-right",
              "padding-top",
              "text-align",
              "text-decoration",
              "text-indent",
              "text-transform",
              "vertical-align",
              "white-space",
              "width",
              "word-spacing"));

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
              "a",
              "abbr",
              "address",
              "article",
              "b",
              "bdi",
              "bdo",
              "big",
              "blockquote",
              "br",
              "caption",
              "center",
              "cite",
              "code",
              "col",
              "colgroup",
              "dd",
              "del",
              "div",
              "dl",
              "dt",
              "em",
              "font",
              "footer",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "header",
              "hr",
              "i",
              "ins",
              "kbd",
              "li",
              "mark",
              "ol",
              "p",
              "pre",
              "q",
              "s",
              "samp",
              "section",
              "small",
              "span",
              "strike",
              "strong",
              "sub",
              "sup",
              "table",
              "tbody",
              "td",
              "tfoot",
              "th",
              "thead",
              "tr",
              "tt",
              "u",
              "ul",
              "var",
              "wbr")
          .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
          .allowElements(HtmlSanitizer::link, "a")
          .allowAttributes("href", "title")
          .onElements("a")
          .allowElements(HtmlSanitizer::image, "img")
          .allowAttributes("src", "alt", "title")
          .onElements("img")
          .allowAttributes("data-remote-src")
          .matching(REMOTE)
          .onElements("img")
          .allowAttributes("width", "height", "border", "cellpadding", "cellspacing")
          .matching(NUMBER)
          .globally()
          .allowAttributes("colspan", "rowspan", "start")
          .matching(NUMBER)
          .globally()
          .allowAttributes("align", "valign", "dir")
          .matching(
              true, "left", "right", "center", "justify", "top", "middle", "bottom", "ltr", "rtl")
          .globally()
          .allowAttributes("bgcolor", "color")
          .matching(COLOR)
          .globally()
          .allowStyling(STYLES)
          .allowTextIn("table", "ul", "ol")
          .toFactory();

  private static final PolicyFactory WRITTEN =
      new HtmlPolicyBuilder()
          .allowElements("blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul")
          .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
          .allowElements(HtmlSanitizer::link, "a")
          .allowAttributes("href")
          .onElements("a")
          .allowElements(HtmlSanitizer::ownImage, "img")
          .allowAttributes("src", "alt")
          .onElements("img")
          .allowAttributes("start")
          .matching(NUMBER)
          .onElements("ol")
          .allowTextIn("ul", "ol")
          .toFactory();

  private HtmlSanitizer() {}

  public static String sanitize(String html) {
    return POLICY.sanitize(html);
  }

  /// What our own editor can write, and nothing else: no styles, no classes, and of images only
  /// those that come along. It may stand in a page as it is.
  public static String written(String html) {
    return WRITTEN.sanitize(html);
  }

  private static String link(String element, List<String> attributes) {
    String href = valueOf(attributes, "href");
    attributes.clear();
    if (href != null && !href.toLowerCase(Locale.ROOT).startsWith("cid:")) {
      attributes.addAll(
          List.of("href", href, "rel", "noopener noreferrer nofollow", "target", "_blank"));
    }
    return element;
  }

  private static String image(String element, List<String> attributes) {
    for (int at = attributes.size() - 2; at >= 0; at -= 2) {
      if (attributes.get(at).equals("src")) {
        String source = attributes.get(at + 1);
        if (REMOTE.matcher(source).matches()) {
          attributes.set(at, "data-remote-src");
        } else if (!source.regionMatches(true, 0, "cid:", 0, 4)) {
          attributes.subList(at, at + 2).clear();
        }
      }
    }
    return element;
  }

  private static @Nullable String ownImage(String element, List<String> attributes) {
    String source = valueOf(attributes, "src");
    return source != null && source.regionMatches(true, 0, "cid:", 0, 4) ? element : null;
  }

  private static @Nullable String valueOf(List<String> attributes, String name) {
    for (int i = 0; i + 1 < attributes.size(); i += 2) {
      if (attributes.get(i).equals(name)) {
        return attributes.get(i + 1);
      }
    }
    return null;
  }
}
