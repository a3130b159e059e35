package dev.evergreen.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a browser asks for German, none of our English is left; nor anything that the console
/// complains of.
class GermanBrowserTest extends BrowserTest {
  private static final List<String> PAGES =
      List.of(
          "/tickets?view=mine",
          "/tickets?view=all",
          "/tickets/new",
          "/search",
          "/team-tasks",
          "/customers",
          "/organizations",
          "/workflows",
          "/workflows/new",
          "/workflows/issue-resolution",
          "/workflows/issue-resolution/diagram",
          "/runs",
          "/mailbox",
          "/notifications",
          "/views/new",
          "/account",
          "/account/notifications",
          "/settings",
          "/settings/team",
          "/settings/language",
          "/settings/mailboxes",
          "/settings/tickets/statuses",
          "/settings/tickets/priorities",
          "/settings/tickets/fields",
          "/settings/canned-responses",
          "/settings/macros",
          "/settings/signatures",
          "/settings/sending",
          "/settings/customers",
          "/settings/privacy",
          "/settings/retention",
          "/settings/reopening",
          "/settings/transfer",
          "/settings/health",
          "/settings/webhooks/new",
          "/settings/audit",
          "/quarantine",
          "/no/such/page");

  @Test
  void no_english_is_left_where_german_is_read() {
    Page page = reading("de-DE", ada());

    var left = new ArrayList<String>();
    for (String path : PAGES) {
      left.addAll(German.leftovers(page, address(path)));
    }

    assertThat(left).isEmpty();
    assertThat(chromium.complaints()).allMatch(line -> line.contains("404")).hasSizeLessThan(2);
  }
}
