package dev.evergreen.server.demo;

import dev.evergreen.server.channel.CustomerLinks;
import dev.evergreen.server.channel.Envelope;
import dev.evergreen.server.channel.Letter;
import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.channel.Outbox;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.feedback.Surveys;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// The customers of the demo: they write, read what the outbox kept for them, and answer it, or do
/// not. Everything they do comes in through the doors that real customers use.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class ShopCustomers {
  private static final ZoneId ZONE = ZoneId.systemDefault();
  private static final LocalTime MORNING = LocalTime.of(6, 40);
  private static final LocalTime NIGHT = LocalTime.of(23, 10);
  private static final DateTimeFormatter QUOTED =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy 'at' HH:mm", Locale.ENGLISH);
  private static final Pattern CONFIRM_LINK = Pattern.compile("/s/([a-z2-7]+)");
  private static final Pattern SURVEY_LINK = Pattern.compile("/survey/([\\w-]+)\\?score=");
  private static final int PICTURES = 3;

  private final MailIntake intake;
  private final Outbox outbox;
  private final CustomerLinks links;
  private final Tickets tickets;
  private final Settlements settlements;
  private final Customers customers;
  private final Surveys surveys;
  private final DatabaseClock clock;

  ShopCustomers(
      MailIntake intake,
      Outbox outbox,
      CustomerLinks links,
      Tickets tickets,
      Settlements settlements,
      Customers customers,
      Surveys surveys,
      DatabaseClock clock) {
    this.intake = intake;
    this.outbox = outbox;
    this.links = links;
    this.tickets = tickets;
    this.settlements = settlements;
    this.customers = customers;
    this.surveys = surveys;
    this.clock = clock;
  }

  /// The first mail, or the call that an agent writes down.
  void open(Story story) {
    if (story.plan().channel().equals("email")) {
      var picture = story.plan().scenario().opening().picture() && story.chance(80);
      send(
          story,
          DemoPeople.SUPPORT,
          story.words().subject(),
          story.words().request(),
          null,
          picture);
    } else {
      var plan = story.plan();
      var caller = customers.recognize(plan.customer().address(), plan.customer().name());
      tickets.open(
          new NewTicket(
              story.words().subject(),
              caller.id(),
              plan.channel(),
              new NewMessage(
                  caller.actor(), story.words().call(), null, List.of(), clock.instant(), null),
              null));
    }
  }

  /// A letter has come. What it makes the customer do is put on the agenda.
  void receive(Letter letter, Story story, Agenda agenda) {
    story.received(letter);
    var text = letter.content().text();
    if (!letter.content().automatic()) {
      story.answered();
      answered(letter, story, agenda);
    } else if (CONFIRM_LINK.matcher(text).find()) {
      asked(letter, story, agenda);
    } else if (SURVEY_LINK.matcher(text).find()) {
      surveyed(letter, story, agenda);
    } else if (story.lacksDetails() && story.isTaken()) {
      story.askedForDetails();
      if (story.chance(82)) {
        agenda.add(
            later(story, Duration.ofHours(7)),
            story,
            () -> answer(letter, story, story.words().details()));
      }
    } else if (!story.isTaken() && story.answers() == 0 && story.chance(3)) {
      agenda.add(
          awake(
              clock.instant().plus(Duration.ofMinutes(4 + story.random().nextInt(25))),
              story.random()),
          story,
          () -> answer(letter, story, story.words().afterthought()));
    }
  }

  /// The ticket was closed: some come back.
  void closed(Story story, Agenda agenda) {
    var letter = story.lastLetter();
    if (letter != null && story.comesBack()) {
      agenda.add(
          later(story, Duration.ofHours(40)),
          story,
          () -> answer(letter, story, story.words().comesBack()));
    }
  }

  private void answered(Letter letter, Story story, Agenda agenda) {
    switch (story.plan().temper()) {
      case GRATEFUL, PERSISTENT, UNYIELDING, RETURNING ->
          agenda.add(
              later(story, Duration.ofHours(9)),
              story,
              () -> {
                story.says(story.isHappy());
                answer(
                    letter,
                    story,
                    story.isHappy()
                        ? story.words().thanks(story.agent())
                        : story.words().notSolved(story.answers()));
              });
      case BRIEF, SILENT, DISAPPOINTED -> {
        // They wait until they are asked.
      }
    }
  }

  private void asked(Letter letter, Story story, Agenda agenda) {
    switch (story.plan().temper()) {
      case BRIEF, DISAPPOINTED ->
          agenda.add(
              later(story, Duration.ofHours(6)), story, () -> judge(letter, story.isHappy()));
      case GRATEFUL, PERSISTENT, UNYIELDING, RETURNING, SILENT -> {
        // They have said what they had to say, or never will.
      }
    }
  }

  private void surveyed(Letter letter, Story story, Agenda agenda) {
    if (story.chance(story.answers() == 1 ? 38 : 52)) {
      agenda.add(later(story, Duration.ofHours(14)), story, () -> score(letter, story));
    }
  }

  /// As the page behind the link does.
  private void judge(Letter letter, boolean solved) {
    var ticket = links.ticketOf(token(CONFIRM_LINK, letter)).flatMap(tickets::withId).orElseThrow();
    if (solved) {
      settlements.confirmSolution(ticket.id(), customerOf(ticket).actor());
    } else {
      settlements.rejectSolution(ticket.id(), customerOf(ticket).actor());
    }
  }

  private void score(Letter letter, Story story) {
    var cost = story.answers() - 1 + (story.plan().scenario().labels().angry() ? 1 : 0);
    var score = Math.clamp(5 - cost - (story.chance(25) ? 1 : 0) - (story.chance(6) ? 2 : 0), 1, 5);
    surveys
        .answer(token(SURVEY_LINK, letter), score, story.words().comment(score, story.agent()))
        .expected();
  }

  private Customer customerOf(Ticket ticket) {
    return customers.withId(ticket.customer()).orElseThrow();
  }

  private static String token(Pattern link, Letter letter) {
    var found = link.matcher(letter.content().text());
    if (!found.find()) {
      throw new IllegalStateException("expected a link in letter " + letter.id() + ", found none");
    }
    return found.group(1);
  }

  /// Answers as mail programs do: to the reply address, with the letter quoted below.
  private void answer(Letter letter, Story story, String text) {
    var quoted =
        story.chance(60)
            ? text
                + "\n\nOn "
                + QUOTED.format(letter.queuedAt().atZone(ZONE))
                + ", "
                + letter.senderName()
                + " wrote:\n\n"
                + letter
                    .content()
                    .text()
                    .lines()
                    .map(line -> "> " + line)
                    .reduce("", (all, line) -> all + line + "\n")
                    .strip()
            : text;
    var subject = letter.content().subject();
    send(
        story,
        outbox.replyToOf(letter),
        subject.startsWith("Re: ") ? subject : "Re: " + subject,
        quoted,
        outbox.messageIdOf(letter),
        false);
  }

  private void send(
      Story story,
      String to,
      String subject,
      String text,
      @Nullable String answers,
      boolean withPicture) {
    var customer = story.plan().customer();
    var now = clock.instant();
    var mail =
        new DemoMail(
            new DemoMail.Sender(customer.name(), customer.address()),
            to,
            subject,
            ZonedDateTime.ofInstant(now, ZONE),
            "%d.%d.%s".formatted(story.plan().number(), now.toEpochMilli(), customer.address()),
            answers,
            new DemoMail.Content(
                text, story.words().html(text), withPicture ? picture(story) : null));
    try {
      intake.accept(
          new ByteArrayInputStream(mail.bytes()),
          Envelope.delivered(customer.address(), List.of(to)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DemoMail.Picture picture(Story story) {
    var number = 1 + story.random().nextInt(PICTURES);
    try {
      return new DemoMail.Picture(
          "IMG_%04d.jpg".formatted(story.random().nextInt(10_000)),
          new ClassPathResource("demo/photo-" + number + ".jpg").getContentAsByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Instant later(Story story, Duration usually) {
    var minutes = 12 + usually.toMinutes() * story.random().nextExponential();
    return awake(clock.instant().plus(Duration.ofMinutes((long) minutes)), story.random());
  }

  /// People sleep; what would happen at night happens in the morning.
  static Instant awake(Instant at, RandomGenerator random) {
    var local = at.atZone(ZONE);
    var time = local.toLocalTime();
    if (!time.isBefore(MORNING) && time.isBefore(NIGHT)) {
      return at;
    }
    var day = time.isBefore(MORNING) ? local.toLocalDate() : local.toLocalDate().plusDays(1);
    return day.atTime(MORNING).plusMinutes(random.nextInt(150)).atZone(ZONE).toInstant();
  }
}
