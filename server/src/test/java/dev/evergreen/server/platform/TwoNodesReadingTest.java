package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TwoNodesReadingTest {
  private final TestDatabase database = TestDatabase.create();

  @Test
  void what_one_node_writes_is_told_to_the_others() throws InterruptedException {
    var heard = new CountDownLatch(1);
    try (var writer = new TestNode(database);
        var other = new TestNode(database)) {
      writer.work.begin();
      var notices = new Notices(other.pool, other.jdbc);
      Thread listening =
          Thread.ofVirtual()
              .start(() -> notices.listen(heard::countDown, () -> heard.getCount() > 0));
      for (int tries = 0; tries < 20 && heard.getCount() > 0; tries++) {
        append(writer);
        heard.await(500, TimeUnit.MILLISECONDS);
      }
      listening.join(Duration.ofSeconds(10));

      assertThat(heard.getCount()).isZero();
    }
  }

  /// Promise PR7 in small: while a node stands still in the middle of a batch, the server ends its
  /// session; another node does the batch, and what the first one does on waking is not committed.
  @Test
  void a_node_that_stands_still_in_a_batch_is_fenced() throws InterruptedException {
    var stands = new CountDownLatch(1);
    var wakes = new CountDownLatch(1);
    var tries = new AtomicInteger();
    try (var referee = new TestNode(database)) {
      referee.jdbc.sql("create table taken (entry bigint, node text)").update();
      var paused =
          new Taking("paused") {
            @Override
            void took() {
              if (tries.getAndIncrement() == 0) {
                stands.countDown();
                pauseUntil(wakes);
              }
            }
          };
      var other = new Taking("other");
      try (var first = new TestNode(database, paused)) {
        paused.node = first;
        append(first);
        first.work.begin();
        assertThat(stands.await(10, TimeUnit.SECONDS)).isTrue();
        try (var second = new TestNode(database, other)) {
          other.node = second;
          assertThat(second.work.settle(Duration.ofSeconds(60))).isTrue();
          wakes.countDown();
        }
      }
      assertThat(referee.jdbc.sql("select node from taken").query(String.class).list())
          .isEqualTo(List.of("other"));
    }
  }

  private static void append(TestNode node) {
    node.transaction.executeWithoutResult(_ ->
        node.ledger.append(new Subject("thing", 1), 1, "thing.changed", Actor.SYSTEM, Map.of()));
  }

  private static void pauseUntil(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes down, in the transaction of the batch, who took an entry.
  private static class Taking implements LedgerReaction {
    private final String name;
    volatile TestNode node;

    /// The node is known only after its reactions are.
    @SuppressWarnings("NullAway.Init")
    Taking(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return "taking";
    }

    @Override
    public boolean wants(String kind) {
      return true;
    }

    @Override
    public void react(Ledger.Entry entry) {
      node.jdbc
          .sql("insert into taken (entry, node) values (:entry, :node)")
          .param("entry", entry.id())
          .param("node", name)
          .update();
      took();
    }

    void took() {}
  }
}
