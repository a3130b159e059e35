package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.ticket.composing.Macros;
import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Somebody answers with formatting, an image and a macro, takes it back, and sends it.
class WritingBrowserTest extends BrowserTest {
  private static final Path PICTURES = Path.of("target", "writing");

  /// Pastes a small image, as a browser does with a screenshot.
  private static final String PASTE =
      """
      async field => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 64;
        canvas.getContext("2d").fillRect(0, 0, 64, 64);
        const image = await new Promise(done => canvas.toBlob(done, "image/png"));
        const data = new DataTransfer();
        data.items.add(new File([image], "label.png", { type: "image/png" }));
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      }
      """;

  /// Pastes what an office program or a web page puts on the clipboard.
  private static final String PASTE_HTML =
      """
      field => {
        const data = new DataTransfer();
        data.setData("text/html", "<style>p{color:red}</style><h1 style='font-size:40px'>Big</h1><p onclick='x()'>and <b style='font-weight:normal'>thin</b> <span style='font-weight:700'>fat</span><img src='https://evil.example/x.png'><script>y()</scr" + "ipt></p>");
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      }
      """;

  @Autowired Macros macros;
  @Autowired Agents agents;

  @Test
  void an_answer_is_written_taken_back_and_sent() throws MessagingException {
    var desk = ada();
    var ada =
        agents.active().stream().filter(one -> one.email().equals(EMAIL)).findFirst().orElseThrow();
    var effects = new MacroEffects(Priority.HIGH, null, null, true, null);
    macros
        .add(new Macro(0, "Exchange", new Macro.Scope.All(), "We swap it.", effects, 0), ada)
        .expected();
    customer("Amara Okafor", "amara.writes@post.example").write("Boots too small", "A 41, please.");
    settle();
    desk.navigate(address("/tickets?view=all"));
    desk.locator("[data-rows] a").getByText("Boots too small").click();

    assertThat(desk.locator("form[data-composer][data-ready]")).isVisible();
    desk.keyboard().press("r");
    Locator words = desk.locator(".writing");
    assertThat(words).isFocused();
    desk.keyboard().type("Dear Amara,");
    desk.keyboard().press("Enter");
    desk.keyboard().press("Control+b");
    desk.keyboard().type("three");
    desk.keyboard().press("Control+b");
    desk.keyboard().type(" steps:");
    desk.keyboard().press("Enter");
    desk.keyboard().type("- unlace");
    desk.keyboard().press("Enter");
    desk.keyboard().type("wrap");
    desk.keyboard().press("Enter");
    desk.keyboard().press("Enter");
    words.evaluate(PASTE_HTML);
    assertThat(chromium.complaints()).allMatch(line -> line.contains("Content Security Policy"));
    words.evaluate(PASTE);
    assertThat(words.locator("img[data-cid]")).hasCount(1);
    assertThat(words.locator("strong")).hasText(new String[] {"three", "fat"});
    assertThat(words.locator("h1, style, script, [style], [onclick]")).hasCount(0);
    assertThat(desk.locator("[data-draft-state]")).hasText("Draft saved");
    look(desk, "composer");

    desk.reload();
    assertThat(words.locator("li")).hasText(new String[] {"unlace", "wrap"});
    assertThat(words.locator("img[data-cid]")).hasCount(1);
    desk.locator("[data-macros]").selectOption("Exchange");
    assertThat(desk.locator("[data-macro-offer]"))
        .containsText("sets the priority to high and makes you responsible");
    look(desk, "macro");
    press(desk.locator("[data-macro-offer]"), "Use it");
    desk.keyboard().press("Control+Enter");

    Locator held = desk.locator("#held");
    assertThat(held).containsText("We swap it.");
    look(desk, "held");
    desk.keyboard().press("z");
    assertThat(desk.locator("#flash")).containsText("Taken back");
    assertThat(words).containsText("We swap it.");
    assertThat(words.locator("img[data-cid]")).hasCount(1);

    desk.locator("[data-macros]").selectOption("Exchange");
    press(desk.locator("[data-macro-offer]"), "Do not");
    words.focus();
    desk.keyboard().press("Control+Enter");
    assertThat(held).containsText("We swap it.");
    pass(Duration.ofSeconds(11));

    Locator sent = desk.locator("#timeline .written").last();
    assertThat(sent.locator("strong")).hasText(new String[] {"three", "fat"});
    assertThat(sent.locator("img")).hasCount(1);
    assertThat(held.locator("article")).hasCount(0);
    look(desk, "sent");
    assertThat(Look.barriers(desk)).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  /// What a person sees of it, for people who look.
  private static void look(Page page, String name) {
    for (int width : new int[] {1440, 390}) {
      page.setViewportSize(width, width == 390 ? 844 : 900);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + "-" + width + ".png")));
    }
    page.setViewportSize(1440, 900);
  }
}
