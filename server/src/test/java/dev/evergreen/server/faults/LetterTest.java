package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.channel.ServerIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promises 4 and 7: a letter is sent at least once, and a repetition can be recognized: the node
/// is killed or stopped past its lease, or the answer lost, between the end of DATA and what the
/// node makes of the answer.
@Tag("fault")
class LetterTest {
  private static final int FAULTS = Effort.of(4, 32);

  /// How long a letter in hand belongs to the node that took it up.
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final Pair pair = Pair.ready();

  private enum Point {
    KILLED_BEFORE_THE_ANSWER,
    ANSWER_LOST,
    KILLED_AFTER_THE_ANSWER,
    STOPPED_PAST_ITS_LEASE
  }

  @AfterEach
  void thaw() {
    pair.sides().stream().map(Pair.Side::node).filter(Node::alive).forEach(Node::thaw);
  }

  @Test
  void every_letter_is_sent_and_each_repetition_has_the_same_id() {
    int letters = 5 * FAULTS;
    var customers = new Sender("Letter");
    Map<String, Point> planned = new ConcurrentHashMap<>();
    for (int fault = 0; fault < FAULTS; fault++) {
      planned.put(customers.address(5 * fault + 3), Point.values()[fault % Point.values().length]);
    }
    var met = new EnumMap<Point, Integer>(Point.class);
    pair.sides().forEach(side -> side.relay().decide(letter -> fate(side, letter, planned, met)));

    for (int number = 1; number <= letters; number++) {
      customers.insist(pair::serving, number);
    }
    long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (heldBack() > 0 || waiting() > 0 || ids(customers, letters).size() < letters) {
      assertThat(System.nanoTime()).as("letters still to be sent").isLessThan(end);
      pair.startKilled();
      Node.pause(1_000);
      if (planned.size() < FAULTS && waiting() > 0) {
        pair.installation.pass(LEASE);
      }
    }
    pair.mend();
    Node.pause(3_000); // whatever a thawed node still had in mind

    var ids = ids(customers, letters);
    int missing = letters - ids.size();
    int doubled = ids.values().stream().mapToInt(sent -> sent.size() - 1).sum();
    new Verdict(
            "PR4 and PR7 letters around the relay's answer; doubled may be at most the faults met",
            0,
            met,
            new Verdict.Counts(letters, missing, doubled, 0))
        .publish();
    assertThat(met.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(FAULTS);
    assertThat(met).hasSize(Point.values().length);
    assertThat(missing).isZero();
    assertThat(doubled).isLessThanOrEqualTo(FAULTS);
    assertThat(ids.values()).allMatch(sent -> Set.copyOf(sent).size() == 1);
    assertThat(new HashSet<>(ids.values().stream().map(List::getFirst).toList())).hasSize(letters);
  }

  @Test
  void no_letter_goes_to_a_relay_that_cannot_prove_who_it_is(@TempDir Path other) throws Exception {
    var customers = new Sender("Private");
    ServerIdentity.make(other);
    for (var side : pair.sides()) {
      side.relay().show(ServerIdentity.serving(other));
    }
    customers.insist(() -> pair.first.node(), 1);
    Installation.await(
        "a problem told", Duration.ofSeconds(20), () -> problem(customers).contains("PKIX"));

    for (var side : pair.sides()) {
      side.relay().show(null);
    }
    pair.installation.pass(Duration.ofSeconds(11));
    Installation.await(
        "another problem told",
        Duration.ofSeconds(20),
        () -> problem(customers).contains("STARTTLS"));
    assertThat(ids(customers, 1)).isEmpty();

    for (var side : pair.sides()) {
      side.relay().show(pair.identity);
    }
    pair.installation.pass(Duration.ofMinutes(1));
    Installation.await("the letter", Duration.ofSeconds(20), () -> !ids(customers, 1).isEmpty());
    assertThat(pair.received().filter(letter -> letter.to().equals(customers.address(1))))
        .allMatch(RelaySink.Received::isProtected);
  }

  private RelaySink.Fate fate(
      Pair.Side side,
      RelaySink.Received letter,
      Map<String, Point> planned,
      EnumMap<Point, Integer> met) {
    Point point = planned.remove(letter.to());
    if (point == null) {
      return RelaySink.Fate.ANSWERED;
    }
    synchronized (met) {
      met.merge(point, 1, Integer::sum);
    }
    return switch (point) {
      case KILLED_BEFORE_THE_ANSWER -> {
        side.node().kill();
        yield RelaySink.Fate.UNANSWERED;
      }
      case ANSWER_LOST -> RelaySink.Fate.UNANSWERED;
      case KILLED_AFTER_THE_ANSWER -> {
        side.node().freeze(); // so that it dies with the answer unread
        Thread.startVirtualThread(side.node()::kill);
        yield RelaySink.Fate.ANSWERED;
      }
      case STOPPED_PAST_ITS_LEASE -> {
        side.node().freeze();
        Pair.thawAfter(
            side.node(),
            () -> pair.received().filter(one -> one.to().equals(letter.to())).count() > 1);
        yield RelaySink.Fate.ANSWERED;
      }
    };
  }

  /// The ids under which each customer got their letter, in the order in which they came.
  private Map<String, List<String>> ids(Sender customers, int letters) {
    var expected =
        IntStream.rangeClosed(1, letters)
            .mapToObj(number -> customers.address(number))
            .collect(Collectors.toSet());
    var ids = new HashMap<String, List<String>>();
    pair.received()
        .filter(letter -> expected.contains(letter.to()))
        .forEach(letter ->
            ids.computeIfAbsent(letter.to(), _ -> new ArrayList<>()).add(letter.messageId()));
    return ids;
  }

  private long heldBack() {
    return pair.installation.count("select count(*) from arrival where state = 'waiting'");
  }

  private long waiting() {
    return pair.installation.count("select count(*) from outbox where state = 'waiting'");
  }

  private String problem(Sender customers) {
    return pair.installation
        .database()
        .sql("select problem from outbox where recipient = :recipient")
        .param("recipient", customers.address(1))
        .query(String.class)
        .optional()
        .orElse("");
  }
}
