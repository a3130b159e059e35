package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.Runs;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The owner of a process takes a workflow that came with the program, makes it their own, has it
/// agreed, and sees the next ticket follow it while the one before stays where it was.
class StudioBrowserTest extends BrowserTest {
  private static final String ROSA = "rosa@ridge.example";

  @Autowired Agents agents;
  @Autowired Passwords passwords;
  @Autowired Teams teams;
  @Autowired Runs runs;

  @Test
  void a_copied_workflow_is_changed_agreed_published_and_followed() throws MessagingException {
    Page ada = ada();
    Team quality = teams.create("quality", "Quality", Actor.SYSTEM).expected();
    var rosa =
        agents
            .add(new NewAgent("Rosa Quint", ROSA, Role.AGENT, List.of(quality.id())), Actor.SYSTEM)
            .expected();
    passwords.set(rosa.id(), PASSWORD, Actor.SYSTEM).expected();

    copy(ada, "Resolve a customer's issue", "Resolve issues our way");
    fillIn(ada, "Read the ticket", "Within", "soon");
    Locator step = card(ada, "Read the ticket");
    assertThat(step.locator(".finding.late")).containsText("soon");
    assertThat(ada.locator("#checked .finding.late")).containsText("line ");
    fillIn(ada, "Read the ticket", "Within", "20 minutes");
    assertThat(ada.locator("#checked .finding.late")).hasCount(0);
    assertThat(ada.locator("#text")).hasValue(Pattern.compile("within: 20 minutes"));
    press(ada, "Undo");
    assertThat(ada.locator("#text")).hasValue(Pattern.compile("within: soon"));
    press(ada, "Redo");
    assertThat(ada.locator("#text")).hasValue(Pattern.compile("within: 20 minutes"));
    moveDown(ada, "Read the ticket");
    assertThat(Look.barriers(ada)).isEmpty();

    agreeAndPublish(ada, "Twenty minutes, as we promised.");
    assertThat(ada.locator(".top .badge").first()).hasText("v1 in force");
    long first = ticket("Tent peg bent");
    assertThat(versionOf(first)).isEqualTo(1);

    press(ada, "Change it");
    fillIn(ada, "Read the ticket", "Within", "10 minutes");
    assertThat(ada.locator("#text")).hasValue(Pattern.compile("within: 10 minutes"));
    agreeAndPublish(ada, "Ten.");
    long second = ticket("Tent peg lost");
    assertThat(versionOf(second)).isEqualTo(2);
    assertThat(versionOf(first)).isEqualTo(1);

    ada.getByRole(AriaRole.LINK, named("Versions")).click();
    assertThat(ada.locator(".versions")).containsText("Changed “Read the ticket”");
    assertThat(ada.locator(".versions")).containsText("Rosa Quint for quality");
    retire(ada);
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void of_two_editors_the_second_is_told_and_loses_nothing() {
    Page ada = ada();
    copy(ada, "Reach a customer who went dark", "Write together");
    String here = ada.url();
    Page other = ada.context().newPage();
    other.navigate(here);

    type(ada, "# From the first.");
    save(ada);
    type(other, "# From the second.");
    save(other);

    assertThat(other.getByRole(AriaRole.ALERT).first()).containsText("changed this draft while");
    assertThat(other.locator("#text")).hasValue(Pattern.compile("# From the second\\."));
    press(other, "Save mine over it");
    assertThat(other.locator("#trouble [role=alert]")).hasCount(0);
    other.reload();
    assertThat(other.locator("#text")).hasValue(Pattern.compile("# From the second\\."));
    press(other, "Undo");
    assertThat(other.locator("#text")).hasValue(Pattern.compile("# From the first\\."));
    assertThat(chromium.complaints()).allMatch(line -> line.contains("409")).hasSize(1);
  }

  @Test
  void what_the_page_is_called_follows_what_is_written() {
    Page ada = ada();
    copy(ada, "Reach a customer who went dark", "Write to the silent");
    Locator heading = ada.locator(".top h1");

    Locator text = ada.locator("#text");
    text.fill(
        text.inputValue()
            .replace("title: Write to the silent", "title: Wake the silent")
            .replaceFirst("purpose: .*", "purpose: Nobody is forgotten."));
    assertThat(heading).hasText("Wake the silent");
    assertThat(ada).hasTitle("Wake the silent · Evergreen");
    assertThat(ada.locator(".about")).containsText("Nobody is forgotten.");
    save(ada);
    ada.reload();
    assertThat(heading).hasText("Wake the silent");

    text.fill("title: [");
    assertThat(ada.locator("#checked .finding.late").first()).isVisible();
    assertThat(heading).hasText("Wake the silent");
    press(ada, "Undo"); // takes back what was typed last, saved or not
    assertThat(ada.locator("#checked .finding.late")).hasCount(0);
    assertThat(heading).hasText("Wake the silent");
    press(ada, "Undo");
    assertThat(heading).hasText("Write to the silent");
    assertThat(ada).hasTitle("Write to the silent · Evergreen");
  }

  @Test
  void a_process_is_written_by_form_beside_its_text_and_put_in_force() {
    Page ada = ada();
    ada.navigate(address("/workflows/new"));
    ada.locator("[name=process]").fill("After-sales care");
    press(ada, "Begin a process");
    Locator text = ada.locator("#text");
    assertThat(ada.locator(".top h1")).hasText("After-sales care");

    ada.getByLabel("What is better for the customer")
        .fill("Whoever bought from us is glad of it a year later.");
    assertThat(text).hasValue(Pattern.compile("purpose: Whoever bought from us is glad"));
    ada.locator("#goal-0-goal").fill("Nine of ten buy again.");
    assertThat(text).hasValue(Pattern.compile("Nine of ten buy again"));
    ada.locator("#flow [name=title]").fill("Care after the sale");
    assertThat(ada.locator(".top h1")).hasText("Care after the sale");
    assertThat(ada).hasTitle("Care after the sale · Evergreen");
    press(ada, "Undo");
    assertThat(ada.locator("#flow [name=title]")).hasValue("After-sales care");
    assertThat(ada.locator(".top h1")).hasText("After-sales care");
    press(ada, "Redo");
    assertThat(ada.locator("#flow [name=title]")).hasValue("Care after the sale");

    text.fill(text.inputValue().replaceFirst("owner: .*", "owner: \"\""));
    assertThat(ada.locator("#checked .finding.late").first()).containsText("owner");
    press(ada, "Undo");
    assertThat(ada.locator("#checked .finding.late")).hasCount(0);
    assertThat(Look.barriers(ada)).isEmpty();
    press(ada, "Put in force");

    assertThat(ada.locator("#flash")).containsText("In force");
    assertThat(ada.locator("h1")).hasText("Care after the sale");
    assertThat(ada.locator(".goals")).containsText("Nine of ten buy again.");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void a_workflow_is_started_beside_the_ticket_and_asks_for_its_first_step()
      throws MessagingException {
    Page ada = ada();
    long ticket = ticket("Buckle broke twice");
    ada.navigate(address("/tickets/" + ticket));

    ada.getByText("Start a workflow…").click();
    assertThat(ada.getByRole(AriaRole.HEADING, named("Start a workflow"))).isFocused();
    assertThat(Look.barriers(ada)).isEmpty();
    ada.getByLabel("Start “Escalate by the matrix”").click();

    assertThat(ada.locator("#flash")).containsText("Started “Escalate by the matrix”.");
    assertThat(ada.locator("#timeline")).containsText("started the workflow “Escalate by the");
    assertThat(ada.locator("#next-panel")).containsText("Escalate by the matrix");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void a_step_is_dragged_by_mouse_moved_by_keyboard_and_put_back() {
    Page ada = ada();
    ada.navigate(address("/workflows/new"));
    ada.locator("[name=title]").fill("Drag a step about");
    press(ada, "Begin");
    ada.locator("#flow > .lane.whole > .adding > summary").click();
    ada.locator("#flow > .lane.whole > .adding button[value=decide]").click();
    assertThat(ada.locator("[data-saved]")).containsText("added a step");
    ada.locator("#open-step-3").click();
    assertThat(card(ada, "Is it urgent\\?").locator("form[data-fills]")).hasCount(0);

    Locator inside = ada.locator("[data-list='3.1'] > li").first();
    drag(ada, ada.locator("#step-1 > .grip"), inside);
    assertThat(ada.locator("[data-saved]")).containsText("moved “Answer the customer”");
    assertThat(ada.locator("[data-list='2.1'] > li")).hasCount(2);
    assertThat(ada.locator("#flow > .whole > .cards > li")).hasCount(3);

    ada.locator("#flow > .whole > .cards > li").first().locator(".open").focus();
    ada.keyboard().press("Enter");
    assertThat(ada.locator("#step-1 form[data-fills]")).isVisible();
    ada.locator("#open-step-1").focus();
    ada.keyboard().press("J");
    assertThat(ada.locator("[data-saved]")).containsText("moved “Close the ticket”");
    assertThat(ada.locator("#open-step-2")).containsText("Close the ticket");
    ada.locator("#open-step-2").focus();
    ada.keyboard().press("Control+z");
    assertThat(ada.locator("#step-1")).containsText("Close the ticket");
    ada.locator("#open-step-1").focus();
    ada.keyboard().press("Control+z");
    assertThat(ada.locator("#step-1")).containsText("Answer the customer");
    assertThat(chromium.complaints()).isEmpty();
  }

  /// What is below moves up as soon as the dragged step has left its place, so the hand follows.
  private static void drag(Page page, Locator grip, Locator onto) {
    onto.scrollIntoViewIfNeeded();
    var from = grip.boundingBox();
    page.mouse().move(from.x + from.width / 2, from.y + from.height / 2);
    page.mouse().down();
    for (int i = 0; i < 3; i++) {
      var to = onto.boundingBox();
      page.mouse()
          .move(to.x + to.width / 2, to.y + to.height / 2, new Mouse.MoveOptions().setSteps(15));
      page.waitForTimeout(250);
    }
    page.mouse().up();
  }

  /// Other tests' tickets are not to follow it.
  private static void retire(Page page) {
    page.locator("summary")
        .filter(new Locator.FilterOptions().setHas(page.getByLabel("More")))
        .click();
    press(page, "Retire: start no more cases");
    assertThat(page.locator(".top .badge").first()).hasText("retired");
  }

  private static void copy(Page page, String title, String as) {
    page.navigate(address("/workflows"));
    page.locator("a.row-workflow").filter(new Locator.FilterOptions().setHasText(title)).click();
    if (!page.url().endsWith("/copy")) {
      page.navigate(page.url() + "/copy");
    }
    page.getByLabel("Title of the copy").fill(as);
    press(page, "Copy");
    assertThat(page.locator("#editor")).isVisible();
  }

  private static Locator card(Page page, String title) {
    return page.locator("#flow .block")
        .filter(
            new Locator.FilterOptions().setHas(page.locator(".open .strong", hasExactly(title))));
  }

  private static Page.LocatorOptions hasExactly(String text) {
    return new Page.LocatorOptions().setHasText(Pattern.compile("^" + text + "$"));
  }

  private static void fillIn(Page page, String title, String field, String value) {
    Locator card = card(page, title);
    if (card.locator("form[data-fills]").count() == 0) {
      card.locator(".open").click();
    }
    card.getByLabel(field, new Locator.GetByLabelOptions().setExact(true)).fill(value);
    assertThat(page.locator("[data-saved]")).containsText("changed “" + title + "”");
    assertThat(page.locator("#text")).hasValue(Pattern.compile(value));
  }

  private static void moveDown(Page page, String title) {
    card(page, title).getByRole(AriaRole.BUTTON, exactly("Move down")).click();
    assertThat(page.locator("[data-saved]")).containsText("moved “" + title + "”");
    card(page, title).getByRole(AriaRole.BUTTON, exactly("Move up")).click();
    assertThat(page.locator("#flow .whole > .cards > li").nth(1)).containsText(title);
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private void agreeAndPublish(Page ada, String note) {
    ada.getByRole(AriaRole.LINK, named("Ask for approval")).click();
    ada.getByLabel("What changes, and why?").fill(note);
    ada.getByLabel("Quality").check();
    press(ada, "Ask for approval");
    assertThat(ada.getByText("has not answered yet")).isVisible();

    Page rosa = somebody();
    rosa.navigate(address("/sign-in"));
    rosa.getByLabel("E-mail address").fill(ROSA);
    rosa.getByLabel("Password").fill(PASSWORD);
    press(rosa, "Sign in");
    rosa.navigate(address("/workflows"));
    rosa.getByText("asks Quality to agree").click();
    press(rosa, "Agree");
    assertThat(rosa.locator(".verdicts")).containsText("agreed");

    ada.reload();
    press(ada, "Publish");
    assertThat(ada.locator("aside")).containsText(note);
  }

  private long ticket(String subject) throws MessagingException {
    customer("Nils Berg", "nils@berg.example").write(subject, "It does not hold.");
    settle();
    return database
        .sql("select max(id) as id from ticket where subject = :subject")
        .param("subject", subject)
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  private int versionOf(long ticket) {
    return runs.of(new Subject("ticket", ticket)).stream()
        .filter(run -> run.version().name().equals("resolve-issues-our-way"))
        .findFirst()
        .orElseThrow()
        .version()
        .number();
  }

  private static void type(Page page, String line) {
    Locator text = page.locator("#text");
    text.fill(text.inputValue() + line + "\n");
  }

  private static void save(Page page) {
    page.locator("#text").press("Control+s");
    assertThat(page.locator("[data-saved], #trouble [role=alert]").first()).isVisible();
    page.waitForTimeout(800);
  }
}
