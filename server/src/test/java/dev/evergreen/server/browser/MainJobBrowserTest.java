package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What Evergreen is for, once through: a customer's mail becomes a solved ticket and a score.
class MainJobBrowserTest extends BrowserTest {
  /// Three business days have passed by then, on whatever day the test is run.
  private static final Duration A_WEEK = Duration.ofDays(7);

  private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/\\S+)");

  @Test
  void a_mail_becomes_a_solved_ticket_and_a_score() throws MessagingException, IOException {
    Page desk = ada();
    CustomerProgram zoe = customer("Zoë Marsh", "zoe@marsh.example");
    watchUnassigned(desk);

    String first = zoe.write("Tent pole snapped", "The middle pole broke on the first night.");
    settle();
    Locator row = appearsByItself(desk, "Tent pole snapped");
    assertThat(row).containsText("Zoë Marsh");
    MimeMessage receipt = newestLetter(desk, "zoe@marsh.example");
    threadsUnder(first, receipt);
    assertThat(receipt.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(textOf(receipt)).contains("We have your request");

    row.click();
    says(desk, "The middle pole broke on the first night.");
    takeIt(desk);
    understand(desk);
    answer(desk, "Please send us a photo of the broken end.");
    done(desk, "Answer the customer");
    MimeMessage question = newestLetter(desk, "zoe@marsh.example");
    threadsUnder(first, question);
    assertThat(question.getSubject()).isEqualTo("Re: Tent pole snapped");
    assertThat(textOf(question)).contains("Please send us a photo of the broken end.");
    assertThat(((InternetAddress) question.getFrom()[0]).getPersonal())
        .isEqualTo("Ada Lindqvist · Ridge Outdoor");

    zoe.answer(question, "It is bent, not broken: does it still hold?");
    settle();
    says(desk, "It is bent, not broken: does it still hold?");
    judge(desk, "No");
    answer(desk, "It does not. A new pole is on its way, and it fits.");
    done(desk, "Answer the customer");

    pass(A_WEEK);
    MimeMessage asked = newestLetter(desk, "zoe@marsh.example");
    assertThat(textOf(asked)).contains("Is everything solved now?");
    confirm(desk, linkIn(asked, "/s/"));
    standsAt(desk, "closed");
    assertThat(textOf(newestLetter(desk, "zoe@marsh.example"))).contains("Good to hear");

    pass(Duration.ofHours(25));
    MimeMessage survey = newestLetter(desk, "zoe@marsh.example");
    score(linkIn(survey, "score=4"), "Quick, and the pole fits.");
    assertThat(desk.locator("#customer")).containsText("4 of 5");
    assertThat(desk.locator("#customer")).containsText("Quick, and the pole fits.");
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void silence_closes_by_rule_and_a_late_reply_starts_over()
      throws MessagingException, IOException {
    Page desk = ada();
    CustomerProgram ben = customer("Ben Oduya", "ben@oduya.example");
    watchUnassigned(desk);
    ben.write("Stove will not light", "It clicks, but there is no flame.");
    settle();
    appearsByItself(desk, "Stove will not light").click();
    says(desk, "It clicks, but there is no flame.");
    takeIt(desk);
    understand(desk);
    answer(desk, "Clean the jet with the small needle, then try again.");
    done(desk, "Answer the customer");

    pass(A_WEEK);
    assertThat(textOf(newestLetter(desk, "ben@oduya.example")))
        .contains("Is everything solved now?");
    pass(A_WEEK);
    standsAt(desk, "closed");
    MimeMessage farewell = newestLetter(desk, "ben@oduya.example");
    assertThat(textOf(farewell)).contains("not heard from you");

    ben.answer(farewell, "I was on the trail. It still does not light.");
    settle();
    says(desk, "I was on the trail. It still does not light.");
    standsAt(desk, "open");
    assertThat(next(desk)).containsText("Read the ticket");
    assertThat(chromium.complaints()).isEmpty();
  }

  private static void watchUnassigned(Page desk) {
    desk.navigate(address("/tickets?view=unassigned"));
    desk.evaluate("() => { window.stayed = true; }");
  }

  private static Locator appearsByItself(Page desk, String subject) {
    Locator row = desk.locator("#rows a").filter(new Locator.FilterOptions().setHasText(subject));
    assertThat(row).isVisible();
    assertThat(desk.evaluate("() => window.stayed")).isEqualTo(true);
    return row;
  }

  private static void says(Page desk, String text) {
    assertThat(desk.locator("#timeline .msg .text").getByText(text)).isVisible();
  }

  private void takeIt(Page desk) {
    desk.keyboard().press("a");
    assertThat(desk.locator("#choice-agent")).containsText("Ada Lindqvist");
    settle();
  }

  /// The first step: its form, and that the next one comes.
  private void understand(Page desk) {
    assertThat(next(desk)).containsText("Read the ticket");
    next(desk).getByLabel("Category").selectOption("technical");
    next(desk).getByLabel("Priority").selectOption("high");
    next(desk).getByLabel("Yes").check();
    press(next(desk), "Done");
    settle();
    assertThat(next(desk)).containsText("Answer the customer");
    assertThat(desk.locator("#choice-priority")).hasValue("high");
  }

  private void answer(Page desk, String text) {
    desk.keyboard().press("r");
    desk.keyboard().type(text);
    desk.keyboard().press("Control+Enter");
    assertThat(desk.locator("#held")).containsText(text);
    assertThat(desk.locator("#held").getByText("Undo")).isVisible();
    pass(Duration.ofSeconds(11));
    says(desk, text);
    settle();
  }

  private void done(Page desk, String step) {
    assertThat(next(desk)).containsText(step);
    next(desk).locator("[type=checkbox]").all().forEach(Locator::check);
    desk.keyboard().press("d");
    assertThat(desk.locator("#flash")).hasText("Done.");
    settle();
  }

  private void judge(Page desk, String solved) {
    assertThat(next(desk)).containsText("Judge from the reply");
    next(desk).getByLabel(solved).check();
    press(next(desk), "Done");
    assertThat(desk.locator("#flash")).hasText("Done.");
    settle();
  }

  /// The customer's own browser: looking changes nothing, the answer does.
  private void confirm(Page desk, String link) {
    Page customer = somebody();
    customer.navigate(link);
    assertThat(customer.getByText("did our answer help you?")).isVisible();
    settle();
    desk.reload();
    assertThat(desk.locator("#ticket-head .badge").last()).not().hasText("closed");

    press(customer, "Yes, it is solved");
    assertThat(customer.getByRole(AriaRole.HEADING, named("Thank you"))).isVisible();
    settle();
  }

  private void score(String link, String comment) {
    Page customer = somebody();
    customer.navigate(link);
    assertThat(customer.getByLabel("Good 4 of 5", new Page.GetByLabelOptions().setExact(true)))
        .isChecked();
    customer.getByLabel("What should we know?").fill(comment);
    press(customer, "Send");
    assertThat(customer.getByText("4 of 5")).isVisible();
    settle();
  }

  private static void standsAt(Page desk, String status) {
    assertThat(
            desk.locator("#ticket-head .badge")
                .getByText(status, new Locator.GetByTextOptions().setExact(true)))
        .isVisible();
  }

  private static Locator next(Page desk) {
    return desk.locator("#next-panel #next");
  }

  /// The newest mail that left for this customer, found in the built-in mailbox.
  private static MimeMessage newestLetter(Page desk, String recipient)
      throws MessagingException, IOException {
    Page mailbox = desk.context().newPage();
    mailbox.navigate(address("/mailbox"));
    mailbox
        .locator("[data-rows] a")
        .filter(new Locator.FilterOptions().setHasText(recipient))
        .first()
        .click();
    String raw = mailbox.getByText("The mail itself").getAttribute("href");
    byte[] bytes = mailbox.request().get(address(raw)).body();
    mailbox.close();
    var mail =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    assertThat(mail.getAllRecipients()[0].toString()).contains(recipient);
    return mail;
  }

  /// What the customer's mail program sorts a conversation by, and where it sends an answer.
  private void threadsUnder(String first, MimeMessage letter) throws MessagingException {
    assertThat(letter.getHeader("In-Reply-To", null)).isEqualTo(first);
    assertThat(letter.getHeader("References", " ")).startsWith(first);
    assertThat(((InternetAddress) letter.getReplyTo()[0]).getAddress())
        .matches("reply\\+[a-z2-7]{36}@" + Pattern.quote(own.support().domain()));
  }

  private static String textOf(MimeMessage letter) throws MessagingException, IOException {
    return (String) ((Multipart) letter.getContent()).getBodyPart(0).getContent();
  }

  private static String linkIn(MimeMessage letter, String part)
      throws MessagingException, IOException {
    return LINK.matcher(textOf(letter))
        .results()
        .map(link -> link.group())
        .filter(link -> link.contains(part))
        .findFirst()
        .orElseThrow();
  }
}
