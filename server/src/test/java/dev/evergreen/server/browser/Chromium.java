package dev.evergreen.server.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The system's Chromium under Playwright, with everything off that would call home.
public final class Chromium implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  public Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program()).setArgs(FLAGS));
  }

  /// A person with a browser of their own. What its console complains of is kept.
  public BrowserContext person(int width, int height, boolean dark) {
    return watched(
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")));
  }

  private BrowserContext watched(BrowserContext context) {
    context.setDefaultTimeout(10_000);
    context.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text() + " at " + message.location());
      }
    });
    context.onWebError(error -> complaints.add(error.error()));
    return context;
  }

  /// The same person in another browser, which asks for pages in another language.
  BrowserContext reading(String locale, BrowserContext person) {
    return watched(
        browser.newContext(
            new Browser.NewContextOptions()
                .setStorageState(person.storageState())
                .setLocale(locale)
                .setTimezoneId("Europe/Berlin")));
  }

  /// What the browsers' consoles complained of since the last question.
  public List<String> complaints() {
    var found = List.copyOf(complaints);
    complaints.clear();
    return found;
  }

  /// What axe finds wrong with the page, a line each; empty when nothing.
  public static List<String> barriers(Page page) {
    return new AxeBuilder(page).analyze().getViolations().stream().map(Chromium::barrier).toList();
  }

  private static String barrier(Rule rule) {
    var places = rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList();
    return rule.getId() + ": " + rule.getHelp() + " at " + places;
  }

  private static Path program() {
    @Nullable String named = System.getenv("EVERGREEN_BROWSER");
    return Stream.of(
            named, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .filter(candidate -> candidate != null)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "expected Chromium, but found none: install it or set EVERGREEN_BROWSER"));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
