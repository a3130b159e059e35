package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LedgerReadingTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final TestDatabase database = TestDatabase.create();

  @Test
  void every_entry_of_a_race_is_read_once_and_in_order() throws InterruptedException {
    long seed = 20261122;
    var seen = new Seen("race");
    var other = new Seen("race");
    var written = new ConcurrentHashMap<Long, Integer>();
    try (var writing = new TestNode(database);
        var first = new TestNode(database, seen, (LedgerListener) seen::show);
        var second = new TestNode(database, other)) {
      prepare(writing, 20);
      first.work.begin();
      second.work.begin();

      var random = new SplittableRandom(seed);
      var writers = new ArrayList<Thread>();
      for (int number = 0; number < 8; number++) {
        SplittableRandom own = random.split();
        writers.add(Thread.ofVirtual().start(() -> write(writing, own, written)));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(first.work.settle(LONG)).isTrue();
      assertThat(second.work.settle(LONG)).isTrue();
    }

    int committed = written.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(committed).isGreaterThan(200);
    assertThat(seen.entries.size() + other.entries.size()).isEqualTo(committed);
    written.forEach((subject, revisions) -> {
      var read = new ArrayList<>(seen.revisionsOf(subject));
      read.addAll(other.revisionsOf(subject));
      assertThat(read.stream().sorted()).isEqualTo(upTo(revisions));
      assertThat(seen.revisionsOf(subject)).isSorted();
      assertThat(other.revisionsOf(subject)).isSorted();
    });
    assertThat(seen.shown).hasSize(committed);
    written.forEach((subject, count) -> assertThat(seen.shownOf(subject)).isEqualTo(upTo(count)));
  }

  @Test
  void an_entry_that_cannot_be_taken_is_kept_and_the_others_go_on() {
    var taken = new CopyOnWriteArrayList<Long>();
    LedgerReaction reaction =
        reaction(
            "picky",
            entry -> {
              if (entry.revision() == 2) {
                throw new IllegalArgumentException("not this one");
              }
              taken.add(entry.revision());
            });
    try (var node = new TestNode(database, reaction)) {
      append(node, new Subject("thing", 1), 1);
      append(node, new Subject("thing", 1), 2);
      append(node, new Subject("thing", 1), 3);

      assertThat(node.work.settle(LONG)).isTrue();

      assertThat(taken).endsWith(1L, 3L);
      assertThat(node.jdbc.sql("select error from ledger_fault").query(String.class).list())
          .containsExactly("java.lang.IllegalArgumentException: not this one");
      assertThat(node.work.settle(LONG)).isTrue();
    }
  }

  @Test
  void what_a_reaction_wrote_is_undone_with_its_batch_and_done_again_after_a_lost_connection()
      throws InterruptedException {
    var started = new CountDownLatch(1);
    var cut = new CountDownLatch(1);
    var tries = new AtomicInteger();
    try (var idle = new TestNode(database)) {
      idle.jdbc.sql("create table taken (entry bigint primary key)").update();
      LedgerReaction slow =
          reaction(
              "slow",
              entry -> {
                record(idle, entry);
                if (tries.incrementAndGet() == 1) {
                  started.countDown();
                  await(cut);
                }
              });
      try (var node = new TestNode(database, slow)) {
        append(node, new Subject("thing", 7), 1);
        node.work.begin();
        started.await();

        database.cutConnections();
        cut.countDown();

        assertThat(eventually(() -> node.work.settle(LONG))).isTrue();
      }
      assertThat(tries.get()).isGreaterThan(1);
      assertThat(positions(idle, "slow")).containsOnly(ledgerEnd(idle));
    }
  }

  @Test
  void a_hole_is_waited_for_until_its_writer_has_ended() throws InterruptedException {
    var seen = new Seen("patient");
    try (var node = new TestNode(database, seen)) {
      var drawn = new CountDownLatch(1);
      var commit = new CountDownLatch(1);
      Thread late =
          Thread.ofVirtual()
              .start(() ->
                  node.transaction.executeWithoutResult(_ -> {
                    node.ledger.append(
                        new Subject("thing", 1), 1, "thing.late", Actor.SYSTEM, Map.of());
                    node.ledger.flush();
                    drawn.countDown();
                    await(commit);
                  }));
      drawn.await();
      append(node, new Subject("thing", 2), 1);

      assertThat(node.work.settle(Duration.ofMillis(200))).isFalse();
      assertThat(seen.entries).isEmpty();

      commit.countDown();
      late.join();
      assertThat(node.work.settle(LONG)).isTrue();
      assertThat(seen.entries).extracting(entry -> entry.subject().id()).containsExactly(1L, 2L);
    }
  }

  /// Its number is above the last that has ended, so no snapshot of that moment tells of it.
  @Test
  void a_writer_that_began_last_but_drew_its_id_first_is_waited_for() throws InterruptedException {
    var seen = new Seen("careful");
    try (var node = new TestNode(database, seen)) {
      var drawn = new CountDownLatch(1);
      var commit = new CountDownLatch(1);
      var late = new AtomicReference<Thread>();
      node.transaction.executeWithoutResult(_ -> {
        node.jdbc.sql("select pg_current_xact_id()").query((_, _) -> 1).single();
        late.set(
            Thread.ofVirtual()
                .start(() ->
                    node.transaction.executeWithoutResult(_ -> {
                      append(node, new Subject("thing", 1), 1);
                      node.ledger.flush();
                      drawn.countDown();
                      await(commit);
                    })));
        await(drawn);
        append(node, new Subject("thing", 2), 1);
      });

      assertThat(node.work.settle(Duration.ofMillis(200))).isFalse();
      assertThat(seen.entries).isEmpty();

      commit.countDown();
      late.get().join();
      assertThat(node.work.settle(LONG)).isTrue();
      assertThat(seen.entries).extracting(entry -> entry.subject().id()).containsExactly(1L, 2L);
    }
  }

  /// Each transaction locks a subject, waits a little, writes its next revision, and may roll back.
  private static void write(TestNode node, SplittableRandom random, Map<Long, Integer> committed) {
    for (int number = 0; number < 60; number++) {
      long subject = random.nextLong(20) + 1;
      boolean rollBack = random.nextInt(5) == 0;
      int delay = random.nextInt(4);
      node.transaction.executeWithoutResult(status -> {
        long revision =
            node.jdbc
                .sql("update thing set revision = revision + 1 where id = :id returning revision")
                .param("id", subject)
                .query(Long.class)
                .single();
        node.ledger.append(
            new Subject("thing", subject),
            revision,
            "thing.changed",
            Actor.SYSTEM,
            Map.of("number", revision));
        pause(delay);
        if (rollBack) {
          status.setRollbackOnly();
        }
      });
      if (!rollBack) {
        committed.merge(subject, 1, Integer::sum);
      }
    }
  }

  private static void prepare(TestNode node, int subjects) {
    node.jdbc.sql("create table thing (id bigint primary key, revision bigint not null)").update();
    node.jdbc
        .sql("insert into thing select n, 0 from generate_series(1, :subjects) as n")
        .param("subjects", subjects)
        .update();
  }

  private static List<Long> positions(TestNode node, String reader) {
    return node.jdbc
        .sql("select position from ledger_reader where name = :name")
        .param("name", reader)
        .query((row, _) -> row.getLong("position"))
        .list();
  }

  private static long ledgerEnd(TestNode node) {
    return node.jdbc.sql("select max(id) from ledger").query(Long.class).single();
  }

  private static void append(TestNode node, Subject subject, long revision) {
    node.transaction.executeWithoutResult(
        _ -> node.ledger.append(subject, revision, "thing.changed", Actor.SYSTEM, Map.of()));
  }

  private static void record(TestNode node, Ledger.Entry entry) {
    node.jdbc
        .sql("insert into taken (entry) values (:entry) on conflict do nothing")
        .param("entry", entry.id())
        .update();
  }

  private static boolean eventually(java.util.function.BooleanSupplier check) {
    for (int tries = 0; tries < 20; tries++) {
      try {
        return check.getAsBoolean();
      } catch (RuntimeException _) {
        pause(100); // the pool still hands out connections that were cut
      }
    }
    return check.getAsBoolean();
  }

  private static List<Long> upTo(int count) {
    return java.util.stream.LongStream.rangeClosed(1, count).boxed().toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface React {
    void to(Ledger.Entry entry);
  }

  private static LedgerReaction reaction(String name, React react) {
    return new LedgerReaction() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean wants(String kind) {
        return kind.startsWith("thing.");
      }

      @Override
      public void react(Ledger.Entry entry) {
        react.to(entry);
      }
    };
  }

  private static final class Seen implements LedgerReaction {
    final List<Ledger.Entry> entries = new CopyOnWriteArrayList<>();
    final List<Ledger.Entry> shown = new CopyOnWriteArrayList<>();
    private final String name;

    Seen(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean wants(String kind) {
      return true;
    }

    @Override
    public void react(Ledger.Entry entry) {
      entries.add(entry);
    }

    void show(Ledger.Entry entry) {
      shown.add(entry);
    }

    List<Long> revisionsOf(long subject) {
      return revisions(entries, subject);
    }

    List<Long> shownOf(long subject) {
      return revisions(shown, subject);
    }

    private static List<Long> revisions(List<Ledger.Entry> entries, long subject) {
      return entries.stream()
          .filter(entry -> entry.subject().id() == subject)
          .map(Ledger.Entry::revision)
          .toList();
    }
  }
}
