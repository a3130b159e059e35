package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DueTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final TestDatabase database = TestDatabase.create();

  @Test
  void ten_thousand_items_and_two_nodes_fire_each_exactly_once() throws InterruptedException {
    try (var plain = new TestNode(database)) {
      plain.jdbc.sql("create table fired (id bigserial primary key, key text)").update();
      plain
          .jdbc
          .sql(
              """
              insert into due (kind, key, at, data)
              select 'timer', n, now() - interval '1 minute', '{}'
              from generate_series(1, 10000) as n
              """)
          .update();
      try (var first = new TestNode(database, recording(plain));
          var second = new TestNode(database, recording(plain))) {
        Thread other = Thread.ofVirtual().start(() -> second.work.settle(LONG));
        assertThat(first.work.settle(LONG)).isTrue();
        other.join();
      }
      assertThat(count(plain, "select count(*) from fired")).isEqualTo(10_000);
      assertThat(count(plain, "select count(distinct key) from fired")).isEqualTo(10_000);
      assertThat(count(plain, "select count(*) from due")).isZero();
    }
  }

  @Test
  void an_item_fires_when_the_clock_has_come_to_it_and_not_before() {
    var fired = new CopyOnWriteArrayList<Due.Item>();
    try (var node = new TestNode(database, reaction(fired::add))) {
      Instant at = node.clock.instant().plus(Duration.ofDays(40));
      node.due.set("timer", "run/1", at, Map.of("step", 3));
      node.due.set("timer", "run/2", at, Map.of());
      node.due.clear("timer", "run/2");
      assertThat(node.work.settle(LONG)).isTrue();
      assertThat(fired).isEmpty();
      assertThat(node.due.next()).contains(at);

      node.clock.moveTo(at);

      assertThat(node.work.settle(LONG)).isTrue();
      assertThat(fired).containsExactly(new Due.Item("timer", "run/1", at, Map.of("step", 3)));
    }
  }

  @Test
  void an_item_that_fails_is_tried_again_later_and_the_others_fire() {
    var fired = new CopyOnWriteArrayList<String>();
    var broken = new java.util.concurrent.atomic.AtomicBoolean(true);
    try (var node =
        new TestNode(
            database,
            reaction(item -> {
              if (item.key().equals("b") && broken.get()) {
                throw new IllegalStateException("not now");
              }
              fired.add(item.key());
            }))) {
      Instant now = node.clock.instant();
      for (String key : java.util.List.of("a", "b", "c")) {
        node.due.set("timer", key, now, Map.of());
      }
      assertThat(node.work.settle(LONG)).isTrue();
      assertThat(fired).endsWith("a", "c");

      broken.set(false);
      node.clock.moveTo(node.clock.instant().plus(Duration.ofMinutes(2)));

      assertThat(node.work.settle(LONG)).isTrue();
      assertThat(fired).endsWith("b");
    }
  }

  private static DueReaction recording(TestNode node) {
    return reaction(item ->
        node.jdbc.sql("insert into fired (key) values (:key)").param("key", item.key()).update());
  }

  private static long count(TestNode node, String sql) {
    return node.jdbc.sql(sql).query(Long.class).single();
  }

  private interface Fire {
    void item(Due.Item item);
  }

  private static DueReaction reaction(Fire fire) {
    return new DueReaction() {
      @Override
      public String kind() {
        return "timer";
      }

      @Override
      public void fire(Due.Item item) {
        fire.item(item);
      }
    };
  }
}
