package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.evergreen.server.channel.SmtpWire;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promise 12: on a full disk nothing that was acknowledged is lost, senders are asked to come
/// again, and work goes on by itself when there is space.
@Tag("fault")
class FullDiskTest {
  private static final int ROUNDS = Effort.of(1, 10);
  private static final int MAILS = 20;

  /// A database, its programs, and room for some growth.
  private static final String SIZE = "320m";

  private static final String LARGE = "x".repeat(76).concat("\n").repeat(26_000);

  private final Sender customers = new Sender("Crash");
  private int refused;

  @Test
  void mail_is_refused_for_now_and_taken_when_there_is_space(@TempDir Path folder)
      throws Exception {
    Organization.openTo(folder);
    var disk = Files.createDirectory(folder.resolve("disk"));
    mount(disk);
    try {
      var data = disk.resolve("data");
      var log = folder.resolve("node.log");
      try (var node = new Node(log, "--data", data.toString())) {
        node.start().awaitReady(Installation.PATIENCE);
        Organization.found(node);
        for (int round = 0; round < ROUNDS; round++) {
          sendThroughFullDisk(node, disk, round * MAILS);
        }
        assertThat(node.alive()).isTrue();
        judge(Organization.settledTickets(data));
      }
    } finally {
      unmount(disk);
    }
  }

  private void judge(Map<Integer, Integer> found) {
    int sent = customers.acknowledged().size();
    long missing =
        customers.acknowledged().stream().filter(number -> !found.containsKey(number)).count();
    long doubled = found.values().stream().filter(count -> count > 1).count();
    new Verdict(
            "PR12 full disk",
            0,
            Map.of("full", ROUNDS, "refused", refused),
            new Verdict.Counts(sent, (int) missing, (int) doubled, 0))
        .publish();
    assertThat(refused).as("mails refused for now").isPositive();
    assertThat(sent).isEqualTo(ROUNDS * MAILS);
    assertThat(missing).isZero();
    assertThat(doubled).isZero();
  }

  /// Mails of 2 MB until one is refused; then there is space again and all of them are taken.
  private void sendThroughFullDisk(Node node, Path disk, int from) throws IOException {
    var ballast = disk.resolve("ballast");
    fill(disk, ballast);
    int number = from + 1;
    boolean wasRefused = false;
    for (; number <= from + MAILS && !wasRefused; number++) {
      wasRefused = isRefusedForNow(node, number);
    }
    assertThat(wasRefused).as("a mail was refused on the full disk").isTrue();

    Files.delete(ballast);
    for (int again = from + 1; again <= from + MAILS; again++) {
      if (!customers.acknowledged().contains(again)) {
        customers.insist(() -> node, again);
      }
    }
    node.awaitReady(Installation.PATIENCE);
  }

  /// Whether the answer to this mail is that it cannot be kept just now.
  private boolean isRefusedForNow(Node node, int number) throws IOException {
    try (var wire = new SmtpWire(node.mailPort())) {
      wire.open(customers.address(number), Organization.ADDRESS);
      wire.write(customers.mail(number, LARGE));
      var answer = wire.finish();
      if (customers.isTaken(number, answer)) {
        return false;
      }
      assertThat(answer).as("the answer to mail " + number).startsWith("4");
      refused++;
      return true;
    }
  }

  /// Leaves so little space that the second mail cannot be kept.
  private static void fill(Path disk, Path ballast) throws IOException {
    FileStore store = Files.getFileStore(disk);
    try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
      var block = new byte[1 << 20];
      while (store.getUsableSpace() > 3L << 20) {
        file.write(block);
      }
    }
  }

  private static void mount(Path disk) throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))
        || run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=755", "tmpfs", disk.toString())
            != 0) {
      Verdict.skipped("PR12 full disk", "expected root, who may mount a small disk");
      abort("expected root, who may mount a small disk");
    }
  }

  /// The database's log is written by a process of its own, which ends a moment later.
  private static void unmount(Path disk) throws IOException, InterruptedException {
    for (int tries = 1; run("umount", disk.toString()) != 0 && tries < 50; tries++) {
      Node.pause(200);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
