package dev.evergreen.server.channel.mail;

import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.channel.MailProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The threads of a node that turn raw mail into tickets, send what is owed, and watch mailboxes.
/// They only look for rows, so a node that dies leaves nothing undone: the next look of any node
/// finds it.
@Component
final class MailWork {
  private static final Logger log = LoggerFactory.getLogger(MailWork.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final MailProperties properties;
  private final MailIntake intake;
  private final Relay relay;
  private final MailboxWatch watch;
  private final boolean background;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  MailWork(
      MailProperties properties,
      MailIntake intake,
      Relay relay,
      MailboxWatch watch,
      @Value("${evergreen.background:true}") boolean background) {
    this.background = background;
    this.properties = properties;
    this.intake = intake;
    this.relay = relay;
    this.watch = watch;
  }

  private interface Round {
    void run() throws InterruptedException;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (!background) {
      return;
    }
    for (int i = 1; i <= properties.readers(); i++) {
      start("mail-reader-" + i, this::read);
    }
    if (relay.isConfigured()) {
      start("mail-sender", this::send);
    }
    start("mailbox-watch", this::watch);
  }

  /// Ends with the application, finishing the batch in hand.
  @EventListener(ContextClosedEvent.class)
  void stop() throws InterruptedException {
    ended = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(10));
    }
    watch.stop();
  }

  private void read() throws InterruptedException {
    if (intake.readSome() == 0) {
      intake.awaitNews(LOOK);
    }
  }

  private void send() throws InterruptedException {
    if (relay.sendSome() == 0) {
      relay.awaitNews(LOOK);
    }
  }

  private void watch() throws InterruptedException {
    watch.look();
    Thread.sleep(LOOK);
  }

  private void start(String name, Round round) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(() -> repeat(name, round)));
  }

  private void repeat(String name, Round round) {
    while (!ended) {
      try {
        round.run();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        log.warn("{} failed; it looks again in a moment", name, e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
