package dev.evergreen.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.evergreen.engine.Event;
import dev.evergreen.engine.Run.Status;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.test.context.TestPropertySource;

/// The action `webhook.call`, against a real server that the administrator has allowed, and one
/// that nobody has.
@ApplicationModuleTest(
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@Import(Trial.class)
@TestPropertySource(properties = "evergreen.outbound-allowed=127.0.0.2")
class WebhookModuleTest {
  private static final AtomicLong TICKETS = new AtomicLong(8_000_000);
  private static final Agent ADA =
      new Agent(
          new AgentId(1),
          "Ada Moreno",
          "ada@ridge.example",
          Role.ADMINISTRATOR,
          java.util.Set.of(),
          true);

  @SuppressWarnings("InlineFormatString") // a file by itself
  private static final String TEXT =
      """
      workflow: hook-%d
      title: A trial of a webhook
      process: support
      kind: service
      about: ticket
      purpose: Another program knows.
      owner: support-operations
      review every: 90 days
      start:
        - on: ticket.opened
          when: event.channel == "nowhere"
      data:
        limit: number
        tier: [gold, silver]
        first: text
      steps:
        - run: webhook.call
          title: Ask the shop
          with:
            url: %s
            body.ticket.status: =ticket.status
            body.ticket.text: 'He said "no", {twice}'
            body.tries: 3
            body.urgent: true
          into: {limit: answer.customer.limit, tier: answer.customer.tier, first: answer.orders.0.id}
          retry: 2 times
      """;

  @Autowired Workflows workflows;
  @Autowired Runs runs;
  @Autowired Replays replays;
  @Autowired Performers performers;
  @Autowired WebhookSignature signature;
  @Autowired Work work;
  @Autowired DatabaseClock clock;

  HttpServer shop;
  HttpServer inside;
  final List<Told> told = new CopyOnWriteArrayList<>();
  final List<Told> toldInside = new CopyOnWriteArrayList<>();
  volatile int status = 200;
  volatile String answer = "{}";
  volatile String location = "";

  /// What a server was told.
  record Told(String method, String id, String time, String signature, String body) {}

  @BeforeEach
  void two_servers() throws IOException {
    told.clear();
    toldInside.clear();
    status = 200;
    answer = "{}";
    location = "";
    shop = server("127.0.0.2", told);
    inside = server("127.0.0.1", toldInside);
  }

  @AfterEach
  void close() {
    shop.stop(0);
    inside.stop(0);
  }

  @Test
  void what_is_told_is_json_with_its_types_and_what_comes_back_is_run_data() throws Exception {
    answer =
        """
        {"customer": {"limit": 250, "tier": "gold", "approved": true}, "orders": [{"id": "A-1"}], "solved": true}
        """;
    RunId run = start(address(shop));

    perform();

    assertThat(told)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.method()).isEqualTo("POST");
          assertThat(one.id()).isEqualTo(run.value() + "/1");
          assertThat(one.body())
              .isEqualTo(
                  """
                  {"ticket":{"status":"open","text":"He said \\"no\\", {twice}"},"tries":3,"urgent":true}\
                  """);
          assertThat(one.signature()).isEqualTo("v1," + signed(one));
        });
    assertThat(of(run).state().data())
        .containsEntry("limit", 250L)
        .containsEntry("tier", "gold")
        .containsEntry("first", "A-1")
        .hasSize(3);
    assertThat(of(run).state().status()).isEqualTo(Status.ENDED);
    assertThat(replays.replay(run)).isEmpty();
  }

  @Test
  void a_changed_key_signs_beside_the_one_before_for_a_day() throws Exception {
    WebhookSignature.Shown before = signature.shownTo(ADA).expected();
    WebhookSignature.Shown after = signature.change(before.number(), ADA).expected();
    start(address(shop));
    perform();

    assertThat(after.text()).startsWith("whsec_").isNotEqualTo(before.text());
    assertThat(told.getFirst().signature())
        .isEqualTo(
            "v1,%s v1,%s"
                .formatted(signed(told.getFirst()), signed(told.getFirst(), before.text())));
    assertThat(after.changed())
        .satisfies(change -> {
          assertThat(change.by()).isEqualTo("Ada Moreno");
          assertThat(change.overlapEnds()).isEqualTo(change.at().plus(Duration.ofDays(1)));
        });

    passes(Duration.ofHours(25));
    told.clear();
    start(address(shop));
    perform();
    assertThat(told.getFirst().signature()).isEqualTo("v1," + signed(told.getFirst()));
  }

  @Test
  void two_who_change_the_key_at_once_change_it_once_and_only_administrators_see_it() {
    int seen = signature.shownTo(ADA).expected().number();
    signature.change(seen, ADA).expected();

    assertThat(signature.change(seen, ADA).expected().number()).isEqualTo(seen + 1);
    var ines =
        new Agent(
            new AgentId(2),
            "Ines Ferro",
            "ines@ridge.example",
            Role.LEAD,
            java.util.Set.of(),
            true);
    assertThat(signature.shownTo(ines)).isInstanceOf(Outcome.Rejected.class);
    assertThat(signature.change(seen + 1, ines)).isInstanceOf(Outcome.Rejected.class);
    assertThat(signature.shownTo(ADA).expected().number()).isEqualTo(seen + 1);
    passes(Duration.ofHours(25));
  }

  @Test
  void a_server_in_trouble_is_told_again_under_the_same_key() throws Exception {
    status = 503;
    RunId run = start(address(shop));
    perform();
    passes(Duration.ofMinutes(1));
    status = 200;
    perform();

    assertThat(told).hasSize(2).extracting(Told::id).containsOnly(run.value() + "/1");
    assertThat(of(run).state().status()).isEqualTo(Status.ENDED);
  }

  @Test
  void one_that_stays_in_trouble_is_a_fault_that_says_so() throws Exception {
    status = 500;
    RunId run = start(address(shop));
    perform();
    passes(Duration.ofMinutes(1));
    perform();
    passes(Duration.ofMinutes(2));
    perform();

    assertThat(told).hasSize(3);
    assertThat(fault(run)).isEqualTo("expected 127.0.0.2 to take it, but it answered 500");
  }

  @Test
  void an_answer_that_does_not_fit_the_run_data_is_a_failure() throws Exception {
    answer = "{\"customer\": {\"tier\": \"platinum\"}}";
    RunId run = start(address(shop));
    for (int tries = 0; tries < 3; tries++) {
      perform();
      passes(Duration.ofMinutes(4));
    }

    assertThat(fault(run)).contains("“platinum”");
  }

  @Test
  void what_lies_inside_is_refused() throws Exception {
    RunId run = start(address(inside));
    for (int tries = 0; tries < 3; tries++) {
      perform();
      passes(Duration.ofMinutes(4));
    }

    assertThat(fault(run)).startsWith("expected 127.0.0.1 to have a public address");
    assertThat(toldInside).isEmpty();
  }

  @Test
  void a_redirection_is_not_followed() throws Exception {
    status = 307;
    location = address(inside);
    RunId run = start(address(shop));
    for (int tries = 0; tries < 3; tries++) {
      perform();
      passes(Duration.ofMinutes(4));
    }

    assertThat(fault(run)).endsWith("but it answered 307");
    assertThat(toldInside).isEmpty();
  }

  private RunId start(String url) {
    long ticket = TICKETS.incrementAndGet();
    var publication = workflows.publish("hook.yaml", TEXT.formatted(ticket, url), Actor.SYSTEM);
    assertThat(publication).isNotInstanceOf(Workflows.Publication.Unusable.class);
    return runs.start(
        workflows.withName("hook-" + ticket).orElseThrow(), new Subject("ticket", ticket));
  }

  private HttpServer server(String host, List<Told> told) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(host), 0), 0);
    server.createContext("/", exchange -> answer(exchange, told));
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange, List<Told> told) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      told.add(
          new Told(
              exchange.getRequestMethod(),
              headers.getFirst("Idempotency-Key"),
              headers.getFirst("webhook-timestamp"),
              headers.getFirst("webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      if (!location.isEmpty()) {
        exchange.getResponseHeaders().set("Location", location);
      }
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// As a receiver reckons it who has entered the key.
  private String signed(Told one) throws Exception {
    return signed(one, signature.shownTo(ADA).expected().text());
  }

  private static String signed(Told one, String entered) throws Exception {
    byte[] key = Base64.getDecoder().decode(entered.substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] hash =
        mac.doFinal(
            (one.id() + "." + one.time() + "." + one.body()).getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private static String address(HttpServer server) {
    return "http://%s:%d/hook"
        .formatted(
            server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
  }

  private void perform() throws InterruptedException {
    performers.takeUp();
    assertThat(performers.awaitIdle(Duration.ofSeconds(30))).isTrue();
  }

  private void passes(Duration time) {
    clock.moveTo(clock.instant().plus(time));
    assertThat(work.settle(Duration.ofSeconds(10))).isTrue();
  }

  private WorkflowRun of(RunId run) {
    return runs.withId(run).orElseThrow();
  }

  private String fault(RunId run) {
    return runs.history(run).stream()
        .map(RunEvent::event)
        .filter(Event.FaultRaised.class::isInstance)
        .map(event -> ((Event.FaultRaised) event).problem())
        .findFirst()
        .orElse("none");
  }
}
