package dev.evergreen.server.workflow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.workflow.webhook.Webhook.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Other programs are told of events: against a real server that the administrator has allowed.
@TestPropertySource(properties = "evergreen.outbound-allowed=127.0.0.2")
class WebhooksWebTest extends WebTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired Webhooks webhooks;
  @Autowired Deliveries deliveries;
  @Autowired Deliverers deliverers;
  @Autowired WebhookOutbox outbox;
  @Autowired Tickets tickets;
  @Autowired Customers customers;
  @Autowired Sorting sorting;
  @Autowired Work work;
  @Autowired DatabaseClock clock;
  @Autowired JdbcClient database;

  private final List<Told> told = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  @SuppressWarnings("NullAway.Init")
  private HttpServer shop;

  @SuppressWarnings("NullAway.Init")
  private Agent ada;

  private record Told(String id, String time, String signature, String type, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  @BeforeEach
  void a_receiver() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0), 0);
    shop.createContext("/events", this::take);
    shop.start();
    ada = somebody("Ada", Role.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    shop.stop(0);
    webhooks.visibleTo(ada).forEach(one -> webhooks.remove(one.id(), ada).expected());
    outlast(Duration.ofMillis(1_100)); // for which nodes go on with the webhooks that they know
  }

  @Test
  void who_subscribed_is_told_in_an_envelope_that_is_signed() throws Exception {
    var webhook =
        subscribed("ticket.priority == \"urgent\"", true, "ticket.opened", "ticket.updated");
    var quiet = ticket("Tent pole");
    var urgent = ticket("Flooded tent");
    tell();
    assertThat(told).isEmpty();
    sorting.update(urgent.id(), new Changes(null, Priority.URGENT, null), ada.actor());
    tell();

    assertThat(told).hasSize(1);
    var one = told.getFirst();
    assertThat(one.type()).isEqualTo("application/cloudevents+json; charset=utf-8");
    var envelope = one.json();
    assertThat(envelope.get("specversion").asString()).isEqualTo("1.0");
    assertThat(envelope.get("id").asString()).isEqualTo(one.id());
    assertThat(envelope.get("type").asString()).isEqualTo("dev.evergreen.ticket.updated");
    assertThat(envelope.get("subject").asString()).isEqualTo("ticket/" + urgent.id().value());
    assertThat(envelope.at("/data/by/name").asString()).isEqualTo("Ada");
    assertThat(envelope.at("/data/ticket/subject").asString()).isEqualTo("Flooded tent");
    assertThat(envelope.at("/data/customer/email").asString()).endsWith("@okafor.example");
    assertThat(one.signature()).isEqualTo("v1," + signed(one, webhooks.key(webhook).text()));
    assertThat(told).noneMatch(it -> it.body().contains("ticket/" + quiet.id().value() + "\""));
    assertThat(deliveries.of(webhook.id(), Long.MAX_VALUE, 10))
        .singleElement()
        .satisfies(it -> assertThat(it.progress().state()).isEqualTo(Delivery.State.DELIVERED));
  }

  @Test
  void who_is_told_nothing_about_people_gets_numbers_and_our_own_words() {
    subscribed("", false, "ticket.opened");
    ticket("The boots of Amara");
    tell();

    var data = told.getFirst().json().get("data");
    assertThat(data.at("/ticket/priority").asString()).isEqualTo("normal");
    assertThat(data.at("/event/channel").asString()).isEqualTo("email");
    assertThat(told.getFirst().body()).doesNotContain("Amara", "okafor", "boots");
  }

  @Test
  void what_is_not_taken_is_sent_again_ever_later_under_its_id() {
    status = 503;
    var webhook = subscribed("", false, "ticket.opened");
    ticket("Tent pole");
    tell();
    passes(Duration.ofSeconds(9));
    assertThat(told).hasSize(1);
    passes(Duration.ofSeconds(2));
    assertThat(told).hasSize(2);
    passes(Duration.ofSeconds(50));
    assertThat(told).hasSize(2);
    assertThat(webhooks.get(webhook.id(), ada).orElseThrow().health().problem())
        .isEqualTo("expected 127.0.0.2 to take it, but it answered 503");

    status = 200;
    passes(Duration.ofSeconds(11));

    assertThat(told).hasSize(3).extracting(Told::id).containsOnly(told.getFirst().id());
    assertThat(told).extracting(Told::body).containsOnly(told.getFirst().body());
    assertThat(webhooks.get(webhook.id(), ada).orElseThrow().health().failingSince()).isNull();
    var delivery = deliveries.of(webhook.id(), Long.MAX_VALUE, 10).getFirst();
    assertThat(deliveries.tries(delivery.id()))
        .extracting(Delivery.Try::status)
        .containsExactly(200, 503, 503);
  }

  @Test
  void one_that_takes_nothing_for_three_days_is_switched_off_and_gets_what_it_missed_later() {
    status = 500;
    var webhook = subscribed("", false, "ticket.opened");
    var begin = clock.instant();
    ticket("Tent pole");
    tell();
    for (int hours = 0; hours < 80; hours += 6) {
      ticket("Another tent pole");
      passes(Duration.ofHours(6));
    }

    var off = webhooks.get(webhook.id(), ada).orElseThrow();
    assertThat(off.health().active()).isFalse();
    try (Visitor visitor = signedIn(ada)) {
      assertThat(visitor.get("/settings/webhooks/" + webhook.id().value()).body())
          .contains("It is told nothing at the moment", "answered 500");
    }
    told.clear();
    status = 204;
    var missed = ticket("While it was off");
    tell();
    assertThat(told).isEmpty();

    webhooks.set(webhook.id(), true, ada).expected();
    int again = deliveries.again(webhook.id(), begin, clock.instant().plusSeconds(1), false);
    tell();
    assertThat(again).as("all, also what became known just after it was off").isEqualTo(16);
    assertThat(told).extracting(Told::id).doesNotHaveDuplicates().hasSize(again);
    assertThat(told)
        .anyMatch(one -> one.body().contains("\"ticket/%d\"".formatted(missed.id().value())));
  }

  @Test
  void a_changed_key_signs_beside_the_one_before_for_a_day() throws Exception {
    var webhook = subscribed("", false, "ticket.opened");
    var before = webhooks.key(webhook);
    var changed = webhooks.changeKey(webhook.id(), before.number(), ada).expected();
    var after = webhooks.key(changed);
    ticket("Tent pole");
    tell();

    var one = told.getFirst();
    assertThat(after.text()).isNotEqualTo(before.text());
    assertThat(one.signature())
        .isEqualTo("v1,%s v1,%s".formatted(signed(one, after.text()), signed(one, before.text())));
    assertThat(webhooks.changeKey(webhook.id(), before.number(), ada).expected().key())
        .as("two who change it at once change it once")
        .isEqualTo(changed.key());
    passes(Duration.ofHours(25));
    told.clear();
    ticket("Tent pole");
    tell();
    assertThat(told.getFirst().signature())
        .isEqualTo("v1," + signed(told.getFirst(), after.text()));
  }

  @Test
  void whoever_lost_the_lease_is_not_believed() {
    var webhook = subscribed("", false, "ticket.opened");
    ticket("Tent pole");
    assertThat(work.settle(Duration.ofSeconds(10))).isTrue();
    var first = outbox.take(10, 10).getFirst();
    assertThat(outbox.take(10, 10)).isEmpty();
    database
        .sql(
            "update webhook_delivery set leased_until = now() - interval '1 second' where id = :id")
        .param("id", first.delivery())
        .update();
    var second = outbox.take(10, 10).getFirst();

    assertThat(outbox.extend(first)).isFalse();
    var failed = new WebhookOutbox.Result(clock.instant(), 5, 500, "", "it answered 500");
    assertThat(outbox.record(first, failed)).isEmpty();
    assertThat(webhooks.get(webhook.id(), ada).orElseThrow().health().problem()).isEmpty();
    assertThat(outbox.record(second, new WebhookOutbox.Result(clock.instant(), 5, 204, "", "")))
        .isEmpty();
    var delivery = deliveries.of(webhook.id(), Long.MAX_VALUE, 1).getFirst();
    assertThat(delivery.progress().state()).isEqualTo(Delivery.State.DELIVERED);
    assertThat(deliveries.tries(delivery.id())).hasSize(1);
  }

  @Test
  void it_is_kept_on_its_pages() {
    try (Visitor visitor = signedIn(ada)) {
      visitor.get("/settings/webhooks/new");
      var wrong =
          visitor.post(
              "/settings/webhooks",
              Map.of(
                  "name",
                  "Shop",
                  "url",
                  address(),
                  "kinds",
                  "ticket.opened",
                  "condition",
                  "ticket.colour == 1"));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("unknown", "ticket.colour");

      var added =
          visitor.post(
              "/settings/webhooks",
              Map.of("name", "Shop", "url", address(), "kinds", "ticket.opened", "people", "true"));
      var path = there(added);
      var trial = there(visitor.post(path + "/trial", Map.of()));
      tell();

      assertThat(told).hasSize(1);
      assertThat(told.getFirst().json().get("type").asString())
          .isEqualTo("dev.evergreen.webhook.trial");
      assertThat(visitor.get(trial).body()).contains("Delivered", "204", "webhook.trial");
      there(visitor.post(trial + "/replay", Map.of()));
      tell();
      assertThat(told).hasSize(2).extracting(Told::id).containsOnly(told.getFirst().id());
      there(visitor.post(path + "/activity", Map.of("active", "false")));
      assertThat(visitor.get("/settings/webhooks").body()).contains("Shop", "Off");
      assertThat(
              visitor
                  .post(
                      path + "/replay",
                      Map.of("from", "2020-01-01T00:00", "to", "2040-01-01T00:00"))
                  .statusCode())
          .isEqualTo(302);
      there(visitor.post(path + "/removal", Map.of()));
      assertThat(visitor.get(path).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void what_lies_inside_is_refused_and_only_administrators_keep_webhooks() {
    var inside =
        webhooks
            .add(
                new Wish("Inside", "http://127.0.0.1:1/", List.of("ticket.opened"), "", false), ada)
            .expected();
    ticket("Tent pole");
    tell();

    var delivery = deliveries.of(inside.id(), Long.MAX_VALUE, 1).getFirst();
    assertThat(deliveries.tries(delivery.id()).getFirst().problem())
        .startsWith("expected 127.0.0.1 to have a public address");
    var ines = somebody("Ines", Role.LEAD);
    assertThat(webhooks.visibleTo(ines)).isEmpty();
    assertThat(webhooks.get(inside.id(), ines)).isEmpty();
    assertThat(webhooks.remove(inside.id(), ines)).isInstanceOf(Outcome.Rejected.class);
    assertThat(webhooks.add(inside.wish(), ines)).isInstanceOf(Outcome.Rejected.class);
  }

  private Webhook subscribed(String condition, boolean people, String... kinds) {
    outlast(Duration.ofMillis(1_100));
    return webhooks
        .add(new Wish("Shop " + number(), address(), List.of(kinds), condition, people), ada)
        .expected();
  }

  private static void outlast(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String address() {
    return "http://127.0.0.2:%d/events".formatted(shop.getAddress().getPort());
  }

  private Ticket ticket(String subject) {
    var customer = customers.recognize("amara" + number() + "@okafor.example", "Amara Okafor");
    var first = new NewMessage(customer.actor(), subject, null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket(subject, customer.id(), "email", first, null));
  }

  /// Lets the reader see what happened, and the deliverers send it.
  private void tell() {
    assertThat(work.settle(Duration.ofSeconds(20))).isTrue();
    while (deliverers.takeUp() > 0) {
      idle();
    }
    idle();
  }

  private void idle() {
    try {
      assertThat(deliverers.awaitIdle(Duration.ofSeconds(30))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void passes(Duration time) {
    clock.moveTo(clock.instant().plus(time));
    tell();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      told.add(
          new Told(
              headers.getFirst("webhook-id"),
              headers.getFirst("webhook-timestamp"),
              headers.getFirst("webhook-signature"),
              headers.getFirst("Content-Type"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /// As a receiver reckons it who has entered the key.
  private static String signed(Told one, String entered) throws Exception {
    byte[] key = Base64.getDecoder().decode(entered.substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] hash =
        mac.doFinal(
            (one.id() + "." + one.time() + "." + one.body()).getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }
}
