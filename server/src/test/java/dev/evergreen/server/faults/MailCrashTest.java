package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.SmtpWire;
import dev.evergreen.server.platform.postgres.Onlooker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
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
/// of the times while an acknowledged mail is read: the process is stopped right after the 250, its
/// database says that the mail is not read yet, and it never goes on. This process is the referee:
/// it is never killed and keeps the list of what was acknowledged.
@Tag("fault")
class MailCrashTest {
  private static final int KILLS = Effort.of(20, 40);
  private static final int MAILS = 100 * KILLS;
  private static final int SENDERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Sender customers = new Sender("Crash");
  private final AtomicInteger next = new AtomicInteger(1);

  private enum KillPoint {
    OPEN_DATA,
    READING
  }

  @Test
  void every_acknowledged_mail_is_exactly_one_ticket(@TempDir Path folder) throws Exception {
    long seed = Effort.seed();
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var met = new EnumMap<KillPoint, Integer>(KillPoint.class);
    Organization.openTo(folder);
    var data = folder.resolve("data");

    try (var node = new Node(folder.resolve("node.log"), "--data", data.toString())) {
      node.start().awaitReady(PATIENCE);
      Organization.found(node);
      for (int kill = 1; kill <= KILLS; kill++) {
        var point = kill % 2 == 0 ? KillPoint.OPEN_DATA : KillPoint.READING;
        pushAndKill(node, data, MAILS * kill / KILLS, point, random);
        met.merge(point, 1, Integer::sum);
      }
      judge(Organization.settledTickets(data), seed, met);
      assertThat(Onlooker.checkIndexes(data)).as("indexes without damage").isGreaterThan(100);
    }
  }

  private void judge(Map<Integer, Integer> found, long seed, Map<KillPoint, Integer> met) {
    var acknowledged = customers.acknowledged();
    var missing = acknowledged.stream().filter(n -> !found.containsKey(n)).toList();
    var doubled =
        found.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    new Verdict(
            "PR1 mail, node killed",
            seed,
            met,
            new Verdict.Counts(acknowledged.size(), missing.size(), doubled.size(), 0))
        .publish();

    assertThat(met.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(KILLS);
    assertThat(acknowledged).hasSize(MAILS);
    assertThat(missing).as("acknowledged but missing").isEmpty();
    assertThat(doubled).as("one mail, two tickets").isEmpty();
    assertThat(found).as("a ticket for each mail and no other").hasSize(MAILS);
  }

  /// Sends every number up to `until`, again and again until it is acknowledged, and kills the node
  /// on the way.
  private void pushAndKill(Node node, Path data, int until, KillPoint point, RandomGenerator random)
      throws Exception {
    int last = until - 1;
    int moment = last - random.nextInt(1, 40);
    var reached = new CountDownLatch(1);
    try (var senders = Executors.newFixedThreadPool(SENDERS)) {
      for (int sender = 0; sender < SENDERS; sender++) {
        senders.execute(() -> {
          for (int number = next.getAndIncrement();
              number <= last;
              number = next.getAndIncrement()) {
            if (number >= moment) {
              reached.countDown();
            }
            customers.insist(() -> node, number);
          }
        });
      }
      assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      switch (point) {
        case OPEN_DATA -> killInOpenData(node);
        case READING -> killWhileReading(node, data, until);
      }
      node.start().awaitReady(PATIENCE);
      if (!customers.acknowledged().contains(until)) {
        customers.insist(() -> node, until);
      }
      senders.shutdown();
      assertThat(senders.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    next.set(until + 1);
  }

  private static void killInOpenData(Node node) throws IOException {
    try (var wire = new SmtpWire(node.mailPort())) {
      wire.open("half@customers.example", Organization.ADDRESS);
      wire.write("Subject: never finished\n\nhalf a sent");
      node.kill();
    }
  }

  /// A mail that takes a while to read is acknowledged, and the node is killed while it reads.
  private void killWhileReading(Node node, Path data, int number) throws Exception {
    long waiting = 0;
    if (customers.send(node, number, "x".repeat(76).concat("\n").repeat(40_000))) {
      node.freeze();
      waiting = Organization.mailsNotReadYet(data);
      node.kill();
    }
    assertThat(waiting).as("mails acknowledged and not read when killed").isPositive();
  }
}
