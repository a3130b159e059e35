package dev.evergreen.server.browser;

import com.microsoft.playwright.Page;
import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.platform.text.Translated;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads a page in a browser that asks for German, and looks for English of ours.
final class German {
  private static final Set<String> ENGLISH = Translated.into(Language.GERMAN);

  /// Texts and names of things, without what people wrote and what is the same everywhere.
  private static final String TEXTS =
      """
      () => {
        const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const parent = walker.currentNode.parentElement;
          const cut = parent.querySelector(":scope > mark") || parent.matches("mark");
          if (!cut && !parent.closest("script, style, code, pre, textarea, .text, .words, svg, [translate=no]")) {
            found.push(walker.currentNode.data.replace(/\\s+/g, " ").trim());
          }
        }
        for (const name of ["title", "aria-label", "placeholder", "data-key-label"]) {
          for (const element of document.querySelectorAll(`[${name}]`)) {
            if (!element.closest("svg")) found.push(element.getAttribute(name));
          }
        }
        return found;
      }
      """;

  private German() {}

  /// A line for each text that is still English; empty when none is.
  static List<String> leftovers(Page page, String address) {
    page.navigate(address);
    var left = new ArrayList<String>();
    if (!"de".equals(page.evaluate("document.documentElement.lang"))) {
      left.add(address + " is not said to be German");
    }
    if (page.evaluate(TEXTS) instanceof List<?> texts) {
      texts.stream()
          .map(String::valueOf)
          .filter(ENGLISH::contains)
          .distinct()
          .forEach(text -> left.add(address + " is left in English: " + text));
    }
    return left;
  }
}
