package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final int CALLERS = 8;
  private static final int ODD = 3;

  private final TestNode node = new TestNode(TestDatabase.create());
  private final LastWrites last = node.last;
  private final GroupCommit group = new GroupCommit(node.transaction, 1, Duration.ofMinutes(1));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void somewhere_to_write() {
    node.jdbc.sql("create table done (name text primary key)").update();
  }

  @AfterEach
  void end() {
    threads.close();
    node.close();
  }

  @Test
  void who_comes_while_another_is_under_way_shares_a_transaction_with_all_who_wait()
      throws Exception {
    List<Future<String>> callers = behindAnother(this::write, null);

    assertThat(names(callers)).hasSize(CALLERS);
    assertThat(written()).isEqualTo(CALLERS + 1);
    assertThat(number("select count(distinct cast(xmin as text)) from done")).isEqualTo(2);
  }

  @Test
  void what_they_need_is_read_for_all_at_once() throws Exception {
    var read = new CopyOnWriteArrayList<List<Integer>>();

    names(behindAnother(this::write, read::add));

    assertThat(read)
        .singleElement()
        .satisfies(all -> assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7));
  }

  @Test
  void one_that_fails_fails_alone_and_the_others_are_done_once() throws Exception {
    var tries = new AtomicInteger();
    List<Future<String>> callers =
        behindAnother(
            n -> {
              if (n == ODD) {
                tries.incrementAndGet();
                throw new IllegalArgumentException("not this one");
              }
              return write(n);
            },
            null);

    assertThatThrownBy(callers.remove(ODD)::get).hasRootCauseMessage("not this one");
    assertThat(tries).hasValue(2);
    assertThat(names(callers)).hasSize(CALLERS - 1);
    assertThat(written()).isEqualTo(CALLERS);
  }

  @Test
  void what_the_database_refuses_at_the_commit_is_the_fault_of_one_only() throws Exception {
    write("taken");
    List<Future<String>> callers =
        behindAnother(n -> n == ODD ? writeAtCommit("taken") : write(n), null);

    assertThatThrownBy(callers.remove(ODD)::get).rootCause().hasMessageContaining("duplicate key");
    assertThat(names(callers)).hasSize(CALLERS - 1);
    assertThat(written()).isEqualTo(CALLERS + 1);
  }

  @Test
  void who_asks_to_be_apart_is_done_in_a_transaction_of_its_own() throws Exception {
    List<Future<String>> callers =
        behindAnother(
            n -> {
              if (n == ODD && GroupCommit.isShared()) {
                throw GroupCommit.apart();
              }
              return write(n);
            },
            null);

    assertThat(names(callers)).hasSize(CALLERS);
    assertThat(number("select count(distinct cast(xmin as text)) from done")).isEqualTo(3);
  }

  @Test
  void who_has_waited_long_goes_alone() throws Exception {
    var hasty = new GroupCommit(node.transaction, 1, Duration.ofMillis(20));
    var held = new CountDownLatch(1);
    Future<String> holding = threads.submit(() -> hasty.together(() -> after(held), null));
    awaitCount(hasty::underWay, 1);

    Future<String> other = threads.submit(() -> hasty.together(() -> write("other"), null));

    assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo("other");
    assertThat(holding.isDone()).isFalse();

    held.countDown();
    assertThat(holding.get()).isEqualTo("held");
  }

  private interface Work {
    String of(int caller);
  }

  /// Callers who come while the only transaction that may be under way waits for them.
  private List<Future<String>> behindAnother(Work work, @Nullable Consumer<List<Integer>> read)
      throws Exception {
    var held = new CountDownLatch(1);
    Future<String> holding = threads.submit(() -> group.together(() -> after(held), null));
    awaitCount(group::underWay, 1);
    var callers = new ArrayList<Future<String>>();
    for (int n = 0; n < CALLERS; n++) {
      int caller = n;
      Supplier<String> mine = () -> work.of(caller);
      callers.add(
          threads.submit(() ->
              group.together(mine, read == null ? null : new GroupCommit.Ahead<>(read, caller))));
    }
    awaitCount(group::waiting, CALLERS);
    held.countDown();
    holding.get();
    return callers;
  }

  private static void awaitCount(IntSupplier count, int wanted) throws InterruptedException {
    for (int looks = 0; looks < 10_000 && count.getAsInt() < wanted; looks++) {
      Thread.sleep(1);
    }
    assertThat(count.getAsInt()).isEqualTo(wanted);
  }

  private String after(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return write("held");
  }

  private String write(int caller) {
    return write("caller " + caller);
  }

  private String write(String name) {
    node.jdbc.sql("insert into done values (:name)").param("name", name).update();
    return name;
  }

  private String writeAtCommit(String name) {
    last.add(
        "done_too as (insert into done select new.name from %s)",
        RowValues.Columns.of("new", "name TEXT"), name);
    return name;
  }

  private static List<String> names(List<Future<String>> callers) throws Exception {
    var names = new ArrayList<String>();
    for (Future<String> caller : callers) {
      names.add(caller.get());
    }
    return names;
  }

  private long written() {
    return number("select count(*) from done");
  }

  private long number(String sql) {
    return node.jdbc.sql(sql).query((row, _) -> row.getLong(1)).single();
  }
}
