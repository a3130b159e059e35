package dev.evergreen.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Role;
import gg.jte.Content;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.csrf.DefaultCsrfToken;

class PageKitTest {

  private static final Agent ADA =
      new Agent(
          new AgentId(1),
          "Ada <Moreno>",
          "ada@evergreen.example",
          Role.AGENT,
          java.util.Set.of(),
          true);

  @Test
  void a_page_carries_what_every_page_needs() throws Exception {
    String page = render("/tickets");

    assertThat(page)
        .contains("<title>Tickets &amp; more · Evergreen</title>", "data-bs-theme=\"dark\"")
        .contains("<meta name=\"csrf\" content=\"secret\" data-header=\"X-CSRF\">")
        .contains("aria-label=\"Desk\" aria-current=\"page\"")
        .contains("Ada &lt;Moreno>")
        .doesNotContain("<Moreno>", " style=", " onclick=");
  }

  @Test
  void every_asset_that_a_page_names_is_there_under_its_hash() throws Exception {
    var links = Pattern.compile("\"(/assets/[^\"#]+)[\"#]").matcher(render("/tickets"));

    assertThat(links.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(address -> assertThat(Assets.at(address)).isPresent());
  }

  @Test
  void a_first_visit_stays_under_200_kB() throws Exception {
    String page = render("/tickets");

    assertThat(weight(page, Assets.url("composer.js"))).isLessThan(180_000);
    assertThat(
            weight(
                page, Assets.url("studio.css"), Assets.url("diagram.css"), Assets.url("studio.js")))
        .isLessThan(180_000);
  }

  /// It is fetched when somebody begins to write, once in a browser's life.
  @Test
  void the_editor_weighs_less_than_100_kB() throws Exception {
    String page = render("/tickets");

    int without = weight(page, Assets.url("composer.js"));
    int with = weight(page, Assets.url("composer.js"), Assets.url("editor.js"));

    assertThat(with - without).isBetween(50_000, 100_000);
  }

  /// What a browser fetches for a page, packed: what the page names, and what that names in turn.
  private static int weight(String page, String... more) {
    var fetched = new HashSet<String>();
    var open = new ArrayDeque<String>(List.of(more));
    addresses(page).forEach(open::add);
    while (!open.isEmpty()) {
      String address = open.remove();
      if (fetched.add(address)) {
        Asset asset = Assets.at(address).orElseThrow();
        addresses(new String(asset.plain, StandardCharsets.UTF_8)).forEach(open::add);
      }
    }
    return fetched.stream().mapToInt(address -> Assets.at(address).orElseThrow().gzip.length).sum();
  }

  /// The addresses that are fetched at once; those behind `import(` are fetched when needed.
  private static Stream<String> addresses(String text) {
    return Pattern.compile("(?<!import\\()[\"'(](/assets/[^\"'#)]+)")
        .matcher(text)
        .results()
        .map(found -> found.group(1));
  }

  private static String render(String address) throws Exception {
    var request = new MockHttpServletRequest("GET", address);
    request.setCookies(new jakarta.servlet.http.Cookie("theme", "dark"));
    request.setAttribute("_csrf", new DefaultCsrfToken("X-CSRF", "_csrf", "secret"));
    var response = new MockHttpServletResponse();
    var view =
        new TemplateViews(
                InstantSource.fixed(Instant.parse("2026-11-18T10:00:00Z")), new NobodyTells())
            .resolveViewName("layout/page", Locale.US);
    Content content = output -> output.writeContent("<p>Nothing yet</p>");

    Objects.requireNonNull(view)
        .render(
            Map.of("title", "Tickets & more", "agent", ADA, "content", content), request, response);
    return response.getContentAsString();
  }

  /// No module that tells anybody of anything.
  private static final class NobodyTells implements ObjectProvider<Unread> {
    @Override
    public Stream<Unread> stream() {
      return Stream.of();
    }
  }
}
