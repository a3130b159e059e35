package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Authenticator;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Somebody makes their sign-in safer, and signs in so from then on.
class SignInBrowserTest extends BrowserTest {
  private static final String TILDA = "tilda@ridge.example";
  private static final String BO = "bo.lindgren@ridge.example";

  @Autowired Agents agents;
  @Autowired Passwords passwords;

  @Test
  void a_second_step_is_set_up_and_asked_for_ever_after() {
    ada().context().close();
    var added = agents.add(new NewAgent("Tilda Berg", TILDA, Role.AGENT, List.of()), Actor.SYSTEM);
    passwords.set(added.expected().id(), PASSWORD, Actor.SYSTEM).expected();
    Page tilda = somebody();
    signIn(tilda);
    assertThat(tilda.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();

    tilda.locator("summary[title='Tilda Berg']").press("Enter");
    tilda.getByRole(AriaRole.LINK, named("Your sign-in")).press("Enter");
    press(tilda, "Set up");
    assertThat(tilda.getByRole(AriaRole.IMG, named("QR code for the app"))).isVisible();
    assertThat(Look.barriers(tilda)).isEmpty();
    var app = new Authenticator(tilda.locator("code.secret").innerText(), database);
    tilda.getByLabel("Code that the app shows").fill(app.code());
    tilda.keyboard().press("Enter");
    assertThat(tilda.locator(".codes li")).hasCount(10);
    assertThat(Look.barriers(tilda)).isEmpty();
    String recovery = tilda.locator(".codes code").first().innerText();
    tilda.getByRole(AriaRole.LINK, named("I have kept them")).click();
    assertThat(tilda.getByText("10 recovery codes are left")).isVisible();
    signOut(tilda);

    signIn(tilda);
    assertThat(tilda).hasURL(address("/sign-in/code"));
    assertThat(Look.barriers(tilda)).isEmpty();
    tilda.getByLabel("Code").fill(app.nextCode());
    tilda.keyboard().press("Enter");
    assertThat(tilda.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();
    signOut(tilda);

    signIn(tilda);
    tilda.getByLabel("Code").fill(recovery);
    tilda.keyboard().press("Enter");
    assertThat(tilda.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();
    tilda.navigate(address("/account"));
    assertThat(tilda.getByText("9 recovery codes are left")).isVisible();
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void a_passkey_signs_in_by_itself_and_in_place_of_a_code() {
    ada().context().close();
    var name = "Bo Lindgren";
    var added = agents.add(new NewAgent(name, BO, Role.AGENT, List.of()), Actor.SYSTEM);
    passwords.set(added.expected().id(), PASSWORD, Actor.SYSTEM).expected();
    Page bo = somebody();
    giveDevice(bo);
    signIn(bo, BO);
    bo.navigate(address("/account"));

    bo.getByText("Make a passkey").first().click();
    bo.locator("form[data-passkey] input[name=name]").fill("Test phone");
    press(bo, "Make a passkey");
    assertThat(bo.locator("#flash")).containsText("“Test phone” signs you in from now on.");
    assertThat(Look.barriers(bo)).isEmpty();
    press(bo, "Ask for a passkey after the password");
    assertThat(bo.getByText("After your password you are asked for a passkey.")).isVisible();
    bo.locator("summary[title='" + name + "']").press("Enter");
    press(bo, "Sign out");

    assertThat(Look.barriers(bo)).isEmpty();
    press(bo, "Sign in with a passkey");
    assertThat(bo.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();
    bo.locator("summary[title='" + name + "']").press("Enter");
    press(bo, "Sign out");

    signIn(bo, BO);
    assertThat(bo).hasURL(address("/sign-in/code"));
    assertThat(Look.barriers(bo)).isEmpty();
    press(bo, "Use a passkey");
    assertThat(bo.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();

    bo.navigate(address("/account"));
    bo.getByRole(AriaRole.BUTTON, named("Remove Test phone")).click();
    assertThat(bo.locator("#flash")).containsText("It no longer signs you in.");
    bo.locator("summary[title='" + name + "']").press("Enter");
    press(bo, "Sign out");
    press(bo, "Sign in with a passkey");
    assertThat(bo.locator("form[data-passkey] [role=alert]")).containsText("does not sign you in");
    assertThat(chromium.complaints()).singleElement().asString().contains("401");
    signIn(bo, BO);
    assertThat(bo.getByRole(AriaRole.NAVIGATION, named("Main"))).isVisible();
    assertThat(chromium.complaints()).isEmpty();
  }

  /// A device that keeps passkeys and always finds that it is its owner.
  private static void giveDevice(Page page) {
    var devices = page.context().newCDPSession(page);
    devices.send("WebAuthn.enable");
    var kind = new JsonObject();
    kind.addProperty("protocol", "ctap2");
    kind.addProperty("transport", "internal");
    kind.addProperty("hasResidentKey", true);
    kind.addProperty("hasUserVerification", true);
    kind.addProperty("isUserVerified", true);
    kind.addProperty("automaticPresenceSimulation", true);
    var device = new JsonObject();
    device.add("options", kind);
    devices.send("WebAuthn.addVirtualAuthenticator", device);
  }

  private static void signIn(Page page, String email) {
    page.navigate(address("/sign-in"));
    page.getByLabel("E-mail address").fill(email);
    page.getByLabel("Password").fill(PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.endsWith("/sign-in"));
  }

  @Test
  void a_program_gets_a_token_which_is_shown_once() {
    Page ada = ada();
    ada.navigate(address("/account"));

    ada.getByText("Make a token").first().click();
    ada.getByLabel("Name").fill("Night report");
    press(ada, "Make a token");
    Locator token = ada.locator("code.secret");
    assertThat(token).containsText("evg_");
    assertThat(Look.barriers(ada)).isEmpty();
    ada.navigate(address("/account"));

    assertThat(token).hasCount(0);
    press(ada, "Revoke Night report");
    assertThat(ada.locator("#flash")).containsText("The token is revoked.");
    assertThat(chromium.complaints()).isEmpty();
  }

  private static void signIn(Page page) {
    page.navigate(address("/sign-in"));
    page.getByLabel("E-mail address").fill(TILDA);
    page.getByLabel("Password").fill(PASSWORD);
    page.keyboard().press("Enter");
  }

  private static void signOut(Page page) {
    page.locator("summary[title='Tilda Berg']").click();
    press(page, "Sign out");
    assertThat(page).hasURL(address("/sign-in"));
  }
}
