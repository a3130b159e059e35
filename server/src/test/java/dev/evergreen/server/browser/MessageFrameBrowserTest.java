package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What strangers put into their mails does nothing to whoever reads them: nothing runs, nothing is
/// fetched, nothing of ours can be read. Two walls stand one behind the other, and each is tried
/// alone.
class MessageFrameBrowserTest extends BrowserTest {
  private static final String HARMLESS = "Harmless words around it.";

  private final List<String> dialogs = new ArrayList<>();

  @Test
  void hostile_mail_does_nothing_when_it_is_read() throws MessagingException, IOException {
    try (var canary = new Canary()) {
      Page ada = watched();
      var mallory = customer("Mallory", "mallory@hostile.example");
      var hostilities = hostilities(canary.url());
      hostilities.put("Hints", hints(canary.url()));
      for (var hostile : hostilities.entrySet()) {
        mallory.writeHtml(hostile.getKey(), "<p>" + HARMLESS + "</p>" + hostile.getValue());
      }
      settle();

      for (String hostile : hostilities.keySet()) {
        read(ada, hostile);
      }

      nothingHappened(ada, canary);
      assertThat(canary.connections()).isZero();
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  /// The frame holds by itself, should the sanitizer ever have a hole. A browser may then knock
  /// where its policy does not let it ask, which no policy governs; it says nothing there.
  @Test
  void the_frame_alone_holds() throws MessagingException, IOException {
    try (var canary = new Canary()) {
      Page ada = watched();
      customer("Mallory", "mallory@hostile.example").writeHtml("Raw", "<p>" + HARMLESS + "</p>");
      settle();
      long message =
          database
              .sql("select max(id) from message where html is not null")
              .query(Long.class)
              .single();

      for (String hostile : hostilities(canary.url()).values()) {
        database
            .sql("update message set html = :html where id = :id")
            .param("html", "<p>" + HARMLESS + "</p>" + hostile)
            .param("id", message)
            .update();
        read(ada, "Raw");
        ada.navigate(address("/messages/" + message + "/frame"));
        ada.waitForTimeout(200);
      }

      nothingHappened(ada, canary);
      var _ = chromium.complaints(); // the browser says what it kept from loading
    }
  }

  /// Without this the two tests above would prove nothing.
  @Test
  void the_canary_sings() throws IOException {
    try (var canary = new Canary()) {
      Page page = somebody();
      page.setContent("<img src='" + canary.url() + "/image'>");
      page.waitForCondition(() -> canary.requests().contains("GET /image HTTP/1.1"));
      var _ = chromium.complaints();
    }
  }

  /// Ada, with every dialog that a page opens written down.
  private Page watched() {
    Page ada = ada();
    ada.context()
        .onDialog(dialog -> {
          dialogs.add(dialog.message());
          dialog.dismiss();
        });
    return ada;
  }

  private void read(Page ada, String subject) {
    long ticket =
        database
            .sql("select max(id) from ticket where subject = :subject")
            .param("subject", subject)
            .query(Long.class)
            .single();
    ada.navigate(address("/tickets/" + ticket));
    ada.getByText("As it was formatted").first().click();
    FrameLocator frame = ada.locator("iframe").first().contentFrame();
    assertThat(frame.getByText(HARMLESS)).isVisible();
    var inside = ada.frames().getLast();
    assertThat(inside.evaluate("() => origin")).isEqualTo("null");
    assertThat(inside.evaluate("() => { try { return document.cookie } catch { return 'kept' } }"))
        .isEqualTo("kept");
  }

  private void nothingHappened(Page ada, Canary canary) {
    ada.waitForTimeout(1_500); // what was set to happen a second later has had its chance
    assertThat(dialogs).isEmpty();
    assertThat(canary.requests()).isEmpty();
    assertThat(ada.context().pages()).hasSize(1);
  }

  private static String hints(String canary) {
    return "<link rel=preconnect href='%s'><link rel=dns-prefetch href='%s'>".replace("%s", canary);
  }

  private static Map<String, String> hostilities(String canary) {
    var mails = new LinkedHashMap<String, String>();
    mails.put(
        "Script",
        "<script>alert(1);new Image().src='%s/script'</script><script src='%s/s.js'></script>");
    mails.put(
        "Handlers",
        "<img src=x onerror='alert(2);fetch(\"%s/onerror\")'><body onload=alert(3)><details open ontoggle=alert(4)>");
    mails.put(
        "Links",
        "<a href='javascript:alert(5)' autofocus onfocus=alert(6)>a</a><a href='%s' ping='%s/ping'>b</a><link rel=stylesheet href='%s/l.css'><link rel=prefetch href='%s/p'>");
    mails.put(
        "Images",
        "<img src='%s/pixel.gif'><img srcset='%s/set.png 2x'><picture><source srcset='%s/source.png'><img src=y></picture><table background='%s/table.png'><tr><td>t</td></tr></table><input type=image src='%s/input.png'>");
    mails.put(
        "Refresh",
        "<meta http-equiv=refresh content='0;url=%s/refresh'><meta http-equiv=Content-Security-Policy content=\"default-src *\">");
    mails.put(
        "Styles",
        "<style>@import '%s/import.css';body{background:url(%s/body.png)}@font-face{font-family:f;src:url(%s/font)}p{font-family:f}</style><p style='background:url(%s/style.png);list-style-image:url(%s/list.png)'>s</p>");
    mails.put(
        "Vectors",
        "<svg onload=alert(7)><image href='%s/svg.png'/><use href='%s/use.svg#a'/><script>alert(8)</script><animate attributeName=href values='javascript:alert(9)'/></svg><math><mtext><img src=x onerror=alert(10)></mtext></math>");
    mails.put(
        "Forms",
        "<form action='%s/form' id=f><input name=password autofocus onfocus='f.submit()'><button formaction='javascript:alert(11)'>Sign in</button></form>");
    mails.put("Base", "<base href='%s/'><img src='relative.png'><a href='relative'>r</a>");
    mails.put(
        "Frames",
        "<iframe src='%s/frame'></iframe><iframe srcdoc='<script>parent.alert(12)</script><img src=%s/srcdoc>'></iframe><object data='%s/object'></object><embed src='%s/embed'><frameset><frame src='%s/frame2'></frameset><portal src='%s/portal'></portal>");
    mails.put(
        "Media",
        "<video src='%s/v.mp4' poster='%s/poster.png' autoplay></video><audio src='%s/a.mp3' autoplay></audio><video><source src='%s/w.mp4'><track src='%s/t.vtt' default></video>");
    mails.put(
        "Mutations",
        "<noscript><p title='</noscript><img src=%s/noscript onerror=alert(13)>'></noscript><!--><img src=%s/comment onerror=alert(14)>--><xmp><p title='</xmp><img src=%s/xmp onerror=alert(15)>'></xmp><template><img src='%s/template' onerror=alert(16)></template>");
    mails.replaceAll((_, html) -> html.replace("%s", canary));
    return mails;
  }
}
