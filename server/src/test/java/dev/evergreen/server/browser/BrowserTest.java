package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.mail.SmtpListener;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Founding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole product on a port of its own, with people in front of it. All browser tests share one
/// application and one database, so each keeps to its own customers.
@Tag("browser")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@OnTestDatabase
@ExtendWith(OneChromium.class)
abstract class BrowserTest {
  static final String EMAIL = "ada@ridge.example";
  static final String PASSWORD = "four quiet green tents";

  private static final int PORT = freePort();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Autowired MailIntake intake;
  @Autowired Work work;
  @Autowired DatabaseClock clock;
  @Autowired Founding founding;
  @Autowired SmtpListener listener;
  @Autowired OwnAddresses own;
  @Autowired JdbcClient database;
  @Autowired HikariDataSource pool;

  @SuppressWarnings("NullAway.Init")
  Chromium chromium;

  private final List<BrowserContext> people = new ArrayList<>();

  @DynamicPropertySource
  static void port(DynamicPropertyRegistry settings) {
    settings.add(
        "evergreen.port", () -> PORT); // known beforehand, so that links in mails lead here
  }

  @BeforeEach
  void arrive(Chromium chromium) {
    this.chromium = chromium;
    PlaywrightAssertions.setDefaultAssertionTimeout(10_000);
  }

  @AfterEach
  void leave() throws InterruptedException {
    people.forEach(BrowserContext::close);
    giveConnectionsBack();
  }

  /// A page that keeps a connection stops the node after a few more like it.
  private void giveConnectionsBack() throws InterruptedException {
    var state = pool.getHikariPoolMXBean();
    for (int tries = 0; state.getActiveConnections() > 0; tries++) {
      if (tries == 50) {
        throw new AssertionError(state.getActiveConnections() + " connections are still taken");
      }
      Thread.sleep(100);
    }
  }

  /// Somebody at a wide screen who is not signed in.
  Page somebody() {
    BrowserContext person = chromium.person(1440, 900, false);
    people.add(person);
    return person.newPage();
  }

  /// The same person in a browser that asks for another language.
  Page reading(String locale, Page person) {
    BrowserContext context = chromium.reading(locale, person.context());
    people.add(context);
    return context.newPage();
  }

  /// Ada, the administrator, at her desk.
  Page ada() {
    Page page = somebody();
    if (!founding.isDone()) {
      foundAs(page);
    } else {
      page.navigate(address("/sign-in"));
      page.getByLabel("E-mail address").fill(EMAIL);
      page.getByLabel("Password").fill(PASSWORD);
      press(page, "Sign in");
    }
    assertThat(page.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();
    return page;
  }

  /// What the first visitor of an installation does; every address leads there.
  private static void foundAs(Page page) {
    page.navigate(address("/"));
    assertThat(page).hasURL(address("/welcome"));
    List<String> barriers = Look.barriers(page);
    if (!barriers.isEmpty()) {
      throw new AssertionError(barriers);
    }
    page.getByLabel("Organization").fill("Ridge Outdoor");
    page.getByLabel("Your name").fill("Ada Lindqvist");
    page.getByLabel("Your e-mail address").fill(EMAIL);
    page.getByLabel("Password").fill(PASSWORD);
    press(page, "Open the desk");
  }

  CustomerProgram customer(String name, String address) {
    var server = Objects.requireNonNull(listener.address());
    return new CustomerProgram(server, own.support().toString(), name, address);
  }

  /// Lets the product do what it does in the background, until nothing is left to do now.
  void settle() {
    while (intake.readWaiting() > 0) {
      settleWork();
    }
    settleWork();
  }

  private void settleWork() {
    if (!work.settle(LIMIT)) {
      throw new IllegalStateException("expected the work to settle within " + LIMIT);
    }
  }

  /// Lets so much time go by, and what falls due in it happen.
  void pass(Duration time) {
    clock.moveTo(clock.instant().plus(time));
    settle();
  }

  static String address(String path) {
    return "http://localhost:" + PORT + path;
  }

  static void press(Page page, String label) {
    page.getByRole(AriaRole.BUTTON, named(label)).click();
  }

  static void press(Locator region, String label) {
    region
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label).setExact(true))
        .click();
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
