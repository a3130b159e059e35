package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MonthPartitionsTest {
  private static final Duration YEARS = Duration.ofDays(1000);

  private final TestDatabase database = TestDatabase.create();

  @Test
  void this_month_and_the_next_are_there_when_a_node_has_started() {
    try (var node = new TestNode(database)) {
      assertThat(node.jdbc.sql(MONTHS).query(Integer.class).single()).isBetween(2, 3);
    }
  }

  @Test
  void the_first_writer_of_a_month_holds_nobody_up() {
    try (var node = new TestNode(database)) {
      node.clock.moveTo(node.clock.instant().plus(YEARS));

      node.transaction.executeWithoutResult(_ -> {
        append(node, 1);
        assertThat(finishes(() -> node.transaction.executeWithoutResult(_ -> append(node, 2))))
            .isTrue();
      });

      assertThat(node.jdbc.sql("select count(*) from ledger").query(Integer.class).single())
          .isEqualTo(2);
    }
  }

  @Test
  void a_month_is_made_when_its_writers_hold_every_connection() throws InterruptedException {
    var written = new AtomicInteger();
    try (var node = new TestNode(database)) {
      node.clock.moveTo(node.clock.instant().plus(YEARS));
      int connections = node.pool.getMaximumPoolSize();
      var all = new CountDownLatch(connections);
      var writers = new ArrayList<Thread>();
      for (int number = 1; number <= connections; number++) {
        int subject = number;
        writers.add(
            Thread.ofVirtual()
                .start(() ->
                    node.transaction.executeWithoutResult(_ -> {
                      all.countDown();
                      awaitAll(all);
                      append(node, subject);
                      written.incrementAndGet();
                    })));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(written.get()).isEqualTo(connections);
    }
  }

  @Test
  void a_transaction_may_write_to_a_month_that_is_made_while_it_runs() {
    try (var node = new TestNode(database)) {
      node.transaction.executeWithoutResult(_ -> {
        append(node, 1);
        node.clock.moveTo(node.clock.instant().plus(YEARS));
        append(node, 2);
      });

      assertThat(node.jdbc.sql("select count(*) from ledger").query(Integer.class).single())
          .isEqualTo(2);
    }
  }

  private static final String MONTHS =
      "select count(*) from pg_inherits where inhparent = 'ledger'::regclass";

  private static void append(TestNode node, long subject) {
    node.ledger.append(new Subject("thing", subject), 1, "thing.changed", Actor.SYSTEM, Map.of());
  }

  private static boolean finishes(Runnable work) {
    try {
      return Thread.ofVirtual().start(work).join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
