package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.MessagingException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// An administrator defines a field; it is filled in where it stands, and taken back.
class SortingBrowserTest extends BrowserTest {

  @Test
  void a_ticket_is_sorted_in_place_and_a_change_is_taken_back() throws MessagingException {
    Page desk = ada();
    desk.navigate(address("/settings/tickets/fields"));
    desk.getByLabel("Label").last().fill("Serial number");
    desk.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("serial");
    press(desk, "Add");
    assertThat(desk.locator("#flash")).containsText("ticket.fields.serial");

    customer("Tove Holm", "tove@holm.example").write("Stove hisses", "It hisses when lit.");
    settle();
    long ticket =
        database
            .sql("select id from ticket where subject = 'Stove hisses'")
            .query((row, _) -> row.getLong("id"))
            .single();
    desk.navigate(address("/tickets/" + ticket));
    desk.evaluate("() => { window.same = true; }");

    desk.getByLabel("Severity").selectOption("critical");
    assertThat(desk.locator("#details")).containsText("Rule: critical");
    desk.getByLabel("Serial number").fill("ST-77");
    desk.getByLabel("Serial number").press("Tab");
    assertThat(desk.locator("#flash")).containsText("Undo");
    assertThat(desk.getByLabel("Serial number")).hasValue("ST-77");
    waitForEntry(ticket, "ticket.field-changed");
    settle();
    assertThat(desk.locator("#timeline")).containsText("set Serial number to ST-77");
    desk.getByLabel("Tags").fill("gas");
    desk.getByLabel("Tags").press("Enter");
    assertThat(desk.getByRole(AriaRole.BUTTON, named("Take the tag gas off"))).isVisible();
    desk.waitForFunction("() => window.same"); // all without loading the page anew

    settle();
    press(desk, "Undo");
    assertThat(desk.locator("#flash")).hasText("Taken back.");
    assertThat(desk.getByRole(AriaRole.BUTTON, named("Take the tag gas off"))).hasCount(0);
    assertThat(desk.getByLabel("Serial number")).hasValue("ST-77");
  }

  /// The change is in the ledger; only then can the work that tells pages of it settle.
  private void waitForEntry(long ticket, String kind) {
    for (int tries = 0; tries < 100; tries++) {
      var isThere =
          database
              .sql(
                  """
                  select exists (
                    select from ledger
                    where subject_kind = 'ticket' and subject_id = :ticket and kind = :kind)
                  """)
              .param("ticket", ticket)
              .param("kind", kind)
              .query((row, _) -> row.getBoolean(1))
              .single();
      if (isThere) {
        return;
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new AssertionError("expected an entry " + kind + " about ticket " + ticket);
  }
}
