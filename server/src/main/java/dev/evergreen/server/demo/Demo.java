package dev.evergreen.server.demo;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.Unpromised;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.workflow.Replays;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// `serve --demo`: plays the demo company's past into an empty database, once, before background
/// work begins, and says how to look around. The pages are up meanwhile and show how far it is.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class Demo implements ApplicationRunner {
  private static final Setting<String> STATE = Setting.text("demo.state", "");
  private static final String PLAYING = "playing";
  private static final String PLAYED = "played";

  private final DemoCompany company;
  private final DemoHistory history;
  private final Replays replays;
  private final Founding founding;
  private final Settings settings;
  private final DatabaseClock clock;
  private final Environment environment;
  private final int tickets;
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final DemoProgress progress = new DemoProgress(out, isTerminal());
  private volatile boolean playing = true;
  private volatile boolean ending;

  Demo(
      DemoCompany company,
      DemoHistory history,
      Replays replays,
      Founding founding,
      Settings settings,
      DatabaseClock clock,
      Environment environment,
      @Value("${evergreen.demo-tickets:2000}") int tickets) {
    this.company = company;
    this.history = history;
    this.replays = replays;
    this.founding = founding;
    this.settings = settings;
    this.clock = clock;
    this.environment = environment;
    this.tickets = tickets;
  }

  /// False where the output goes to a file or to another program.
  @SuppressWarnings("SystemConsoleNull") // it is null in a process without a terminal
  private static boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// Whether the pages should wait.
  boolean isPlaying() {
    return playing;
  }

  DemoProgress.Shown progress() {
    return progress.shown();
  }

  @Override
  public void run(ApplicationArguments arguments) {
    try {
      switch (settings.get(STATE)) {
        case PLAYED -> welcome();
        case PLAYING -> goOnWithHalf();
        default -> begin();
      }
    } catch (RuntimeException e) {
      if (!ending) {
        throw e;
      }
    } finally {
      playing = false;
    }
  }

  /// Whoever ends the program meanwhile need not be told that the demo could not go on.
  @EventListener(ContextClosedEvent.class)
  void end() {
    ending = true;
  }

  private void begin() {
    if (founding.isDone()) {
      out.println(
          "This data folder has a company already, so the demo is not played into it: give --data an empty folder.");
      return;
    }
    var began = System.nanoTime();
    var end = clock.instant();
    out.println("Playing in %s: %,d tickets …".formatted(DemoPeople.SHOP, tickets));
    settings.put(STATE, PLAYING);
    clock.moveTo(end.minus(StoryPlans.length(tickets)));
    company.found();
    var passwords = Thread.ofVirtual().start(company::givePasswords);
    Unpromised.of(() -> history.play(tickets, end, progress));
    progress.end();
    clock.release();
    join(passwords);
    settings.put(STATE, PLAYED);
    playing = false;
    out.println(String.format(Locale.ROOT, "Played in %.1f s.", (System.nanoTime() - began) / 1e9));
    welcome();
    replay();
    System.gc(); // gives back the memory that only the playing needed
  }

  /// Proves, with the pages already open, that what was played follows from its own history.
  private void replay() {
    var report = replays.replayAll();
    if (!report.differences().isEmpty()) {
      throw new IllegalStateException(
          "expected every run to replay equal, but found " + report.differences());
    }
    out.println(
        String.format(Locale.ROOT, "All %,d runs of workflows replay equal.", report.runs()));
  }

  /// The program ended while it was playing. What was played in is whole as far as it goes.
  private void goOnWithHalf() {
    clock.release();
    out.println(
        "The demo's past was broken off while it was played in, so its last weeks are missing."
            + " For all of it, remove the data folder and start again.");
    welcome();
  }

  private void welcome() {
    var port = environment.getProperty("local.server.port", "8080");
    var mail = environment.getProperty("evergreen.mail.in", "127.0.0.1:2525");
    var address = environment.getProperty("evergreen.public-url", "http://localhost:" + port);
    out.println(
        """

        {shop} is open: {address}
          agent          mateo@{domain}
          lead           ines@{domain}
          administrator  ada@{domain}
          collaborator   pavel@{domain}
          password       {password}

        Write to it as a customer, with any mail program:
          swaks --server {mail} --from you@example.org --to {support} --header "Subject: My tent leaks" --body "Hello!"
        or on the page {address}/mailbox, where the answers can be read.
        """
            .replace("{shop}", DemoPeople.SHOP)
            .replace("{address}", address)
            .replace("{domain}", DemoPeople.DOMAIN)
            .replace("{password}", DemoPeople.PASSWORD)
            .replace("{mail}", mail)
            .replace("{support}", DemoPeople.SUPPORT));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the demo was interrupted", e);
    }
  }
}
