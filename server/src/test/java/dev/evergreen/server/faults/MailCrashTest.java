package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promise 1: a mail answered with 250 is never lost and never becomes two.
///
/// Numbered mails are pushed while the product is killed, half of the times in an open DATA, half
/// of the times while acknowledged mails wait to be parsed. This process is the referee.
@Tag("fault")
class MailCrashTest {
  private static final int MAILS = 2_000;
  private static final int KILLS = 20;
  private static final int SENDERS = 4;

  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger(1);

  @Test
  void every_acknowledged_mail_is_exactly_one_ticket(@TempDir Path folder) throws Exception {
    var seed = Long.getLong("evergreen.seed", System.nanoTime());
    System.out.println(
        "mail crash test: seed " + seed + " (replay with -Devergreen.seed=" + seed + ")");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var kills = new TreeMap<String, Integer>();

    try (var node =
        new Node(folder.resolve("node.log"), "--data", folder.resolve("data").toString())) {
      node.start().awaitReady(Duration.ofSeconds(90));
      Organization.found(node);
      for (var round = 1; round <= KILLS; round++) {
        var until = MAILS * round / KILLS;
        var point = round % 2 == 0 ? KillPoint.OPEN_DATA : KillPoint.UNPARSED;
        push(node, until, point, random);
        kills.merge(point.name(), 1, Integer::sum);
      }
      push(node, MAILS, KillPoint.NONE, random);

      var found = Organization.ticketsByNumber(EmbeddedPostgres.url(data), acknowledged.size(), Duration.ofSeconds(60));
      var missing = acknowledged.stream().filter(n -> found.getOrDefault(n, 0) == 0).toList();
      var doubled =
          found.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
      System.out.printf(
          "mail crash test: %d mails acknowledged, %d kills %s: %d missing, %d doubled%n",
          acknowledged.size(), KILLS, kills, missing.size(), doubled.size());

      assertThat(acknowledged).hasSize(MAILS);
      assertThat(missing).as("acknowledged but missing").isEmpty();
      assertThat(doubled).as("one mail, two tickets").isEmpty();
    }
  }

  private enum KillPoint {
    OPEN_DATA,
    UNPARSED,
    NONE
  }

  /// Sends every number up to `until` that is not acknowledged yet; returns with the line open at
  /// the kill point, so that the caller's kill meets it.
  private void push(Node node, int until, KillPoint point, RandomGenerator random)
      throws Exception {
    var cut = point == KillPoint.NONE ? Integer.MAX_VALUE : until - 1 - random.nextInt(20);
    var reached = new CountDownLatch(1);
    try (var senders = Executors.newFixedThreadPool(SENDERS)) {
      for (var sender = 0; sender < SENDERS; sender++) {
        senders.submit(() -> {
          while (true) {
            var number = next.getAndIncrement();
            if (number > until) {
              next.decrementAndGet();
              return null;
            }
            if (number >= cut) {
              reached.countDown();
            }
            while (!acknowledged.contains(number)) {
              send(node, number);
            }
          }
        });
      }
      senders.shutdown();
      if (point == KillPoint.NONE) {
        assertThat(senders.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        return;
      }
      assertThat(reached.await(120, TimeUnit.SECONDS)).isTrue();
      if (point == KillPoint.OPEN_DATA) {
        var line = new SmtpLine(node.mailPort());
        line.open("half@customers.example", Organization.ADDRESS);
        line.text("Subject: never finished\n\nhalf a sent");
      }
      node.kill();
      node.start().awaitReady(Duration.ofSeconds(60));
      assertThat(senders.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void send(Node node, int number) {
    try (var line = new SmtpLine(node.mailPort())) {
      line.open("customer" + number % 97 + "@customers.example", Organization.ADDRESS);
      line.text(mail(number));
      if (line.finish()) {
        acknowledged.add(number);
      }
    } catch (IOException _) {
      Node.pause(50);
    }
  }

  private static String mail(int number) {
    return """
    From: Customer %d <customer%d@customers.example>
    To: <%s>
    Subject: Crash %d
    Message-ID: <crash-%d@customers.example>
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    This is mail number %d.
    """
        .formatted(number, number % 97, Organization.ADDRESS, number, number, number);
  }
}
