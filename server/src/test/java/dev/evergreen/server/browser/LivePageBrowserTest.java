package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.TicketId;
import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A page that is looked at shows what is true now, however the answers to its questions fall.
class LivePageBrowserTest extends BrowserTest {
  /// Keeps back one answer about the head of the ticket until the stream tells of the next change,
  /// which the answer does not show yet.
  private static final String SLOW =
      """
      (() => {
        const ask = window.fetch, Stream = window.EventSource;
        window.EventSource = class extends Stream {
          constructor(address) {
            super(address);
            this.addEventListener("message", () => window.release?.());
          }
        };
        window.fetch = async (address, ...more) => {
          const answer = await ask(address, ...more);
          if (window.slow && String(address).includes("/head")) {
            window.slow = false;
            window.kept = true;
            await new Promise(release => { window.heldBack = release; });
          }
          return answer;
        };
      })()
      """;

  @Autowired Sorting sorting;
  @Autowired Settlements settlements;

  @Test
  void a_change_while_an_answer_is_on_its_way_is_shown() throws MessagingException {
    Page desk = ada();
    desk.addInitScript(SLOW);
    var ticket = opened(desk, "Zip of the inner tent");
    desk.evaluate("() => { window.slow = true; }");
    change(ticket, new Changes("tents", null, null));
    desk.waitForFunction("() => window.kept");
    desk.evaluate("() => { window.release = window.heldBack; }");

    change(ticket, new Changes(null, Priority.URGENT, null));

    assertThat(badge(desk, "urgent")).isVisible();
  }

  @Test
  void an_answer_that_failed_is_asked_for_again() throws MessagingException {
    Page desk = ada();
    var ticket = opened(desk, "Rucksack strap");
    desk.route(
        "**/head",
        route -> {
          desk.unroute("**/head");
          route.fulfill(new Route.FulfillOptions().setStatus(503));
        });

    change(ticket, new Changes(null, Priority.URGENT, null));

    assertThat(badge(desk, "urgent")).isVisible();
  }

  @Test
  void what_changed_behind_an_open_menu_is_shown_when_it_closes() throws MessagingException {
    Page desk = ada();
    var ticket = opened(desk, "Boots, half a size larger");
    Locator menu = desk.locator("#ticket-head summary.btn");
    menu.click();
    assertThat(desk.getByLabel("Why is nothing more to be done?")).isVisible();

    close(ticket);
    desk.waitForTimeout(1_000);
    assertThat(desk.getByLabel("Why is nothing more to be done?")).isVisible();

    menu.click();
    assertThat(badge(desk, "closed")).isVisible();
  }

  private TicketId opened(Page desk, String subject) throws MessagingException {
    customer("Lia Berg", "lia@berg.example").write(subject, "Please help me with this.");
    settle();
    long ticket =
        database
            .sql("select id from ticket where subject = :subject")
            .param("subject", subject)
            .query((row, _) -> row.getLong("id"))
            .single();
    desk.navigate(address("/tickets/" + ticket));
    assertThat(desk.locator("#ticket-head h1")).hasText(subject);
    return new TicketId(ticket);
  }

  private void change(TicketId ticket, Changes changes) {
    sorting.update(ticket, changes, Actor.SYSTEM);
    settle();
  }

  private void close(TicketId ticket) {
    settlements.close(ticket, "resolved", null, Actor.SYSTEM).expected();
    settle();
  }

  private static Locator badge(Page desk, String text) {
    return desk.locator("#ticket-head .badge")
        .getByText(text, new Locator.GetByTextOptions().setExact(true));
  }
}
