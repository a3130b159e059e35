package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.Workflows.Publication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Promises 4 and 7: another program is told at least once of every run, and can tell each
/// repetition by its key: nodes are killed or stopped, or the answer is lost, between the telling
/// and the record of it. What a receiver keeps by key is exactly one for each run.
@Tag("fault")
class WebhookTest {
  private static final int FAULTS = Effort.of(4, 32);
  private static final int RUNS = 5 * FAULTS;

  @SuppressWarnings("InlineFormatString") // a file by itself
  private static final String WORKFLOW =
      """
      workflow: hooked
      title: Tell another program
      process: support
      kind: service
      about: ticket
      purpose: Another program knows of every ticket.
      owner: support-operations
      review every: 90 days

      start:
        - on: ticket.opened
          when: ticket.subject.startsWith("Hooked")

      steps:
        - run: webhook.call
          title: Tell the other program
          with:
            url: http://127.0.0.1:%d/hook
            body.subject: =ticket.subject
          retry: {at most: 20 times, after: 1 minute, factor: 1}
        - end: told
      """;

  private final Pair pair = Pair.ready();
  private final Deque<Point> planned = new ArrayDeque<>();
  private final EnumMap<Point, Integer> met = new EnumMap<>(Point.class);

  /// How often each key was told, and the body that came with it.
  private final Map<String, Collection<String>> told = new ConcurrentHashMap<>();

  /// What was in the hands of any node at a fault, and may be told again.
  private final AtomicInteger inHand = new AtomicInteger();

  private HttpServer receiver;

  private enum Point {
    KILLED_BEFORE_THE_ANSWER,
    ANSWER_LOST,
    KILLED_AFTER_THE_ANSWER,
    STOPPED_PAST_ITS_LEASE
  }

  @BeforeEach
  void a_receiver() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 64);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext("/hook", this::take);
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
    pair.sides().stream().map(Pair.Side::node).filter(Node::alive).forEach(Node::thaw);
  }

  @Test
  void every_run_tells_and_each_repetition_has_the_same_key() {
    var publication =
        pair.installation
            .part(Workflows.class)
            .publish(
                "hooked.yaml", WORKFLOW.formatted(receiver.getAddress().getPort()), Actor.SYSTEM);
    assertThat(publication).isNotInstanceOf(Publication.Unusable.class);
    Node.pause(1_500); // until every node knows it
    var customers = new Sender("Hooked");

    for (int number = 1; number <= RUNS; number++) {
      if (number % 5 == 3) {
        synchronized (planned) {
          planned.add(Point.values()[number / 5 % Point.values().length]);
        }
      }
      customers.insist(pair::serving, number);
    }
    long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (ended() < RUNS) {
      assertThat(System.nanoTime())
          .as("runs still to be ended, of which %d are", ended())
          .isLessThan(end);
      Node.pause(1_000);
      pair.startKilled();
      leasesAreOver();
      pair.installation.pass(Duration.ofMinutes(1)); // the pause before the next try
    }
    pair.mend();
    Node.pause(3_000); // whatever a thawed node still had in mind

    int faults = met.values().stream().mapToInt(Integer::intValue).sum();
    int doubled = told.values().stream().mapToInt(bodies -> bodies.size() - 1).sum();
    int acted = (int) doubleEnds();
    new Verdict(
            "PR4 and PR7 webhooks around the receiver's answer; %d told twice, each under its key"
                .formatted(doubled),
            0,
            met,
            new Verdict.Counts(RUNS, RUNS - told.size(), acted, 0))
        .publish();
    assertThat(faults).isEqualTo(FAULTS);
    assertThat(met).hasSize(Point.values().length);
    assertThat(told).as("what the receiver keeps by key").hasSize(RUNS);
    assertThat(told.values())
        .allMatch(bodies -> List.copyOf(bodies).stream().distinct().count() == 1);
    assertThat(doubled)
        .as("told twice, of what was in hand at a fault")
        .isLessThanOrEqualTo(inHand.get());
    assertThat(acted).as("runs that went on twice").isZero();
    assertThat(left()).isZero();
    assertThat(pair.unequalReplays()).isZero();
  }

  private void take(HttpExchange exchange) throws IOException {
    var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Point point;
    synchronized (planned) {
      point = planned.poll();
      if (point != null) {
        met.merge(point, 1, Integer::sum);
        inHand.addAndGet((int) takenUp());
      }
    }
    told.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(body);
    switch (point) {
      case KILLED_BEFORE_THE_ANSWER -> {
        teller(exchange).kill();
        exchange.close();
      }
      case ANSWER_LOST -> exchange.close();
      case KILLED_AFTER_THE_ANSWER -> {
        Node teller = teller(exchange);
        teller.freeze(); // so that it dies with the answer unread
        answer(exchange);
        teller.kill();
      }
      case STOPPED_PAST_ITS_LEASE -> {
        Node teller = teller(exchange);
        teller.freeze();
        answer(exchange);
        var tellings = Objects.requireNonNull(told.get(key));
        Pair.thawAfter(teller, () -> tellings.size() > 1);
      }
      case null -> answer(exchange);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /// The node that the connection comes from, by its open port.
  private Node teller(HttpExchange exchange) {
    int port = exchange.getRemoteAddress().getPort();
    return pair.sides().stream()
        .map(Pair.Side::node)
        .filter(node -> node.alive() && node.holdsConnectionFrom(port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("expected a node behind port " + port));
  }

  /// Ends the leases of what was taken up more than 5 s ago: who has it will not report of it.
  private void leasesAreOver() {
    pair.installation
        .database()
        .sql(
            """
            update run_effect set due_at = now()
            where tries > 0 and due_at < now() + interval '55 seconds'
            """)
        .update();
  }

  private long takenUp() {
    return pair.installation.count("select count(*) from run_effect where tries > 0");
  }

  private long ended() {
    return pair.installation.count(
        "select count(*) from run where workflow = 'hooked' and status = 'ENDED'");
  }

  private long left() {
    return pair.installation.count(
        """
        select count(*) from run_effect join run on run.id = run_effect.run
        where run.workflow = 'hooked'
        """);
  }

  /// Runs in which the telling has succeeded more than once.
  private long doubleEnds() {
    return pair.installation.count(
        """
        select count(*) from (
          select from ledger join run on run.id = ledger.subject_id
          where ledger.subject_kind = 'run'
            and ledger.kind = 'run.action-succeeded'
            and run.workflow = 'hooked'
          group by run.id having count(*) > 1
        ) as doubled
        """);
  }
}
