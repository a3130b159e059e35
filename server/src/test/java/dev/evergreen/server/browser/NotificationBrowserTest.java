package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What a browser tells beside its window. A browser without a screen shows none of it, so what it
/// is asked to show is kept.
class NotificationBrowserTest extends BrowserTest {
  private static final String KEPT =
      """
      (() => {
        window.told = [];
        window.asked = 0;
        window.Notification = class {
          static permission = localStorage.getItem("allowed") ?? "default";
          static async requestPermission() {
            window.asked++;
            localStorage.setItem("allowed", "granted");
            return (window.Notification.permission = "granted");
          }
          constructor(title, about) { window.told.push(`${title} ${about.body}`); }
          addEventListener() {}
          close() {}
        };
      })()
      """;

  @Autowired Agents agents;
  @Autowired Customers customers;
  @Autowired Tickets tickets;
  @Autowired Conversations conversations;

  @Test
  void the_browser_tells_once_what_nobody_looks_at_and_only_when_it_may() {
    Page desk = ada();
    var brigitte =
        agents
            .add(
                new NewAgent("Brigitte Roux", "bell@ridge.example", Role.AGENT, List.of()),
                Actor.SYSTEM)
            .expected();
    var poles = ticket("Poles that broke");
    desk.addInitScript(KEPT);
    desk.navigate(address("/account/notifications"));
    desk.waitForFunction("() => window.asked === 0");
    press(desk, "Allow them in this browser");
    assertThat(desk.getByText("This browser shows notifications of what is ticked below."))
        .isVisible();
    Page other = desk.context().newPage();
    other.addInitScript(KEPT);
    other.navigate(address("/customers"));

    mention(poles, brigitte);

    desk.waitForFunction("() => window.told.length === 1");
    assertThat(other.locator("#bell .unread")).isVisible();
    other.waitForFunction("() => window.told.length === 0");

    var seams = ticket("Seams that opened");
    desk.navigate(address("/tickets/" + seams.value()));
    desk.waitForFunction("() => window.told.length === 0");
    mention(seams, brigitte);
    assertThat(desk.getByText("Ada Lindqvist, look at Seams that opened").first()).isVisible();
    desk.waitForTimeout(1_000);
    desk.waitForFunction("() => window.told.length === 0");
    other.waitForFunction("() => window.told.length === 0");
  }

  private void mention(TicketId ticket, Agent by) {
    var subject = tickets.withId(ticket).orElseThrow().subject();
    conversations.note(ticket, "@Ada Lindqvist, look at " + subject, by).expected();
    settle();
  }

  private TicketId ticket(String subject) {
    var customer = customers.recognize("poles@weber.example", "Jonas Weber");
    var first =
        new NewMessage(customer.actor(), "Please help.", null, List.of(), clock.instant(), null);
    var opened = tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
    settle();
    return opened.id();
  }
}
