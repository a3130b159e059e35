package dev.evergreen.server.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;

/// A page as different people have it before them: at a desk and in a hand, by day and by night.
/// Darkness changes only colours, so there only those are looked at.
record Look(int width, int height, boolean dark) {
  private static final List<Look> ALL =
      List.of(
          new Look(390, 844, false),
          new Look(390, 844, true),
          new Look(1440, 900, true),
          new Look(1440, 900, false));

  /// What keeps anybody from using the page that is open, a line each; empty when nothing does.
  static List<String> barriers(Page page) {
    return ALL.stream().flatMap(look -> look.at(page).stream()).toList();
  }

  private List<String> at(Page page) {
    page.setViewportSize(width, height);
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
            .setReducedMotion(ReducedMotion.REDUCE));
    var axe = new AxeBuilder(page).setLegacyMode(true); // else it opens a tab for every look
    if (dark) {
      axe.withRules(List.of("color-contrast"));
    }
    var found = new ArrayList<String>();
    axe.analyze().getViolations().forEach(rule -> found.add(words(page, rule)));
    if (page.evaluate("() => document.documentElement.scrollWidth > innerWidth").equals(true)) {
      found.add(page.url() + " " + this + " scrolls sideways");
    }
    return found;
  }

  private String words(Page page, Rule rule) {
    var places =
        rule.getNodes().stream().limit(3).map(node -> node.getTarget() + " " + node.getHtml());
    return page.url() + " " + this + " " + rule.getHelp() + ": " + places.toList();
  }

  @Override
  public String toString() {
    return width + (dark ? " dark" : " light");
  }
}
