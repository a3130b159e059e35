package dev.evergreen.server.platform.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The texts that a template shows without looking them up: between tags, in the attributes that
/// people read, and as arguments of the parts it is made of.
final class TemplateTexts {
  private static final Pattern WORDS = Pattern.compile("\\p{L}{2,}");
  private static final Pattern CONTROL =
      Pattern.compile("@(?:if|elseif|for|template\\.[\\w.]+)\\s*\\(");
  private static final Pattern ENTITY = Pattern.compile("&#?\\w+;");
  private static final Pattern READ_ATTRIBUTE =
      Pattern.compile(
          "\\s(?:title|aria-label|aria-description|placeholder|alt|data-key-label|data-reply"
              + "|data-note)=\"([^\"]*)\"");
  private static final Pattern ARGUMENT =
      Pattern.compile(
          "(?<![\\w.])(?:label|title|hint|text|about|heading|calm|none|lead|words) = \"([^\"]*)\"");
  private static final Pattern CHOICE =
      Pattern.compile("[?:]\\s*\"((?:[^\"\\\\]|\\\\.)*)\"(?!\\s*:\\s*\\w+\\s*->)");

  /// Names, keys and examples that are the same in every language.
  private static final Set<String> SAME =
      Set.of(
          "Evergreen",
          "Enter",
          "Esc",
          "Cc",
          "Cc, Bcc",
          "Bcc",
          "kB",
          "ms",
          "POST",
          "STARTTLS",
          "https://…",
          "name@example.org, …",
          "customer.priority == \"\"",
          "POST · application/cloudevents+json");

  private final String source;
  private final List<String> found = new ArrayList<>();

  TemplateTexts(String source) {
    this.source =
        source
            .replaceAll("(?s)<%--.*?--%>", "")
            .replaceAll("(?m)^@(?:import|param)\\b.*$", "")
            .replaceAll("(?s)<(script|style|code|pre)\\b[^>]*>.*?</\\1>", "<$1>");
  }

  List<String> bare() {
    read(source);
    READ_ATTRIBUTE
        .matcher(withoutExpressions(source))
        .results()
        .forEach(attribute -> keep(attribute.group(1)));
    ARGUMENT.matcher(source).results().forEach(argument -> keep(argument.group(1)));
    return found;
  }

  /// Takes away what is no text, piece by piece, and keeps what is left between.
  private void read(String html) {
    var text = new StringBuilder();
    int at = 0;
    while (at < html.length()) {
      var control = CONTROL.matcher(html).region(at, html.length());
      if (html.startsWith("${", at) || html.startsWith("!{", at)) {
        int end = after(html, at + 1, '{', '}');
        shown(html.substring(at + 2, end - 1));
        at = end;
      } else if (html.startsWith("$unsafe{", at)) {
        at = after(html, at + 7, '{', '}');
      } else if (control.lookingAt()) {
        at = flush(text, after(html, control.end() - 1, '(', ')'));
        contents(html.substring(control.end(), at - 1));
      } else if (html.startsWith("@else", at) || html.startsWith("@end", at)) {
        var word =
            Pattern.compile("@(?:else|endif|endfor)").matcher(html).region(at, html.length());
        at = flush(text, word.lookingAt() ? word.end() : at + 1);
      } else if (html.charAt(at) == '<' && at + 1 < html.length() && html.charAt(at + 1) != ' ') {
        at = flush(text, afterTag(html, at));
      } else {
        text.append(html.charAt(at++));
      }
    }
    flush(text, at);
  }

  /// The blocks of markup among the arguments of a part.
  private void contents(String arguments) {
    int at = 0;
    while ((at = arguments.indexOf("@`", at)) >= 0) {
      int end = afterContent(arguments, at + 2);
      read(arguments.substring(at + 2, end - 1));
      at = end;
    }
  }

  private void shown(String expression) {
    if (!expression.contains("@`")) {
      CHOICE
          .matcher(expression)
          .results()
          .forEach(choice -> {
            if (choice.group(1).matches(".*\\p{L}{2,} \\p{L}.*|\\p{Lu}\\p{Ll}+")) {
              keep(choice.group(1));
            }
          });
    }
  }

  private int flush(StringBuilder text, int at) {
    keep(text.toString());
    text.setLength(0);
    return at;
  }

  private void keep(String text) {
    var plain = ENTITY.matcher(text).replaceAll("").replaceAll("\\s+", " ").strip();
    plain = plain.replaceAll("^[·,.:;#()\\s]+|[·,:;()\\s]+$", "");
    if (WORDS.matcher(plain).find() && !SAME.contains(plain)) {
      found.add(plain);
    }
  }

  private static String withoutExpressions(String html) {
    var left = new StringBuilder();
    int at = 0;
    int next;
    while ((next = html.indexOf("${", at)) >= 0) {
      left.append(html, at, next);
      at = after(html, next + 1, '{', '}');
    }
    return left.append(html, at, html.length()).toString();
  }

  private static int afterTag(String html, int at) {
    char quote = 0;
    while (at < html.length()) {
      char here = html.charAt(at);
      if (html.startsWith("${", at)) {
        at = after(html, at + 1, '{', '}');
        continue;
      }
      if (quote != 0) {
        quote = here == quote ? 0 : quote;
      } else if (here == '"' || here == '\'') {
        quote = here;
      } else if (here == '>') {
        return at + 1;
      }
      at++;
    }
    return at;
  }

  /// Where the bracket that opens here is closed, past texts and blocks of markup.
  private static int after(String text, int at, char open, char close) {
    int depth = 0;
    while (at < text.length()) {
      char here = text.charAt(at);
      if (here == '"') {
        at = afterLiteral(text, at);
        continue;
      } else if (text.startsWith("@`", at)) {
        at = afterContent(text, at + 2);
        continue;
      } else if (here == open) {
        depth++;
      } else if (here == close && --depth == 0) {
        return at + 1;
      }
      at++;
    }
    throw new IllegalStateException("expected " + close + " somewhere after " + text);
  }

  private static int afterLiteral(String text, int at) {
    at++;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int afterContent(String text, int at) {
    while (text.charAt(at) != '`') {
      if (text.startsWith("@`", at)) {
        at = afterContent(text, at + 2);
      } else if (text.startsWith("${", at) || text.startsWith("!{", at)) {
        at = after(text, at + 1, '{', '}');
      } else {
        at++;
      }
    }
    return at + 1;
  }
}
