package dev.evergreen.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SecondStepWebTest extends AccountWebTest {
  private static final Pattern KEY = Pattern.compile("<code class=\"secret\">([^<]+)</code>");

  @Autowired PasswordLinks links;
  @Autowired SecondSteps steps;

  @Test
  void who_has_set_it_up_is_asked_for_a_code_and_each_code_is_taken_once() {
    var device = setUp().device();
    visitor.post("/sign-out", Map.of());

    assertThat(location(visitor.signIn(ada.email(), PASSWORD))).isEqualTo("/sign-in/code");
    assertThat(visitor.cookie("session").filter(value -> !value.isEmpty())).isEmpty();
    assertThat(location(visitor.get("/account"))).startsWith("/sign-in");
    assertThat(visitor.get("/sign-in/code").body()).contains("authenticator app");
    assertThat(type("000000").statusCode()).isEqualTo(401);
    assertThat(type(device.code()).statusCode()).isEqualTo(401);
    assertThat(location(type(device.nextCode()))).isEqualTo("/");
    assertThat(visitor.get("/account").statusCode()).isEqualTo(200);

    try (var thief = new Visitor(port)) {
      thief.signIn(ada.email(), PASSWORD);
      thief.get("/sign-in/code");
      assertThat(thief.post("/sign-in/code", Map.of("code", device.nextCode())).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void a_recovery_code_signs_in_once_however_it_is_typed() {
    var codes = setUp().recoveryCodes();
    visitor.post("/sign-out", Map.of());

    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    visitor.signIn(ada.email(), PASSWORD);
    visitor.get("/sign-in/code");
    assertThat(location(type(codes.getFirst().replace(' ', '-').toUpperCase(Locale.ROOT))))
        .isEqualTo("/");
    assertThat(visitor.get("/account").body()).contains("9 recovery codes are left");
    visitor.post("/sign-out", Map.of());
    visitor.signIn(ada.email(), PASSWORD);
    visitor.get("/sign-in/code");
    assertThat(type(codes.getFirst()).statusCode()).isEqualTo(401);
    var kept = database.sql("select code_hash from recovery_code").query(byte[].class).list();
    assertThat(kept).allMatch(hash -> hash.length == 32);
  }

  @Test
  void wrong_codes_run_out_even_for_who_knows_the_right_one() {
    var device = setUp().device();
    visitor.post("/sign-out", Map.of());
    visitor.signIn(ada.email(), PASSWORD);
    visitor.get("/sign-in/code");

    for (int i = 0; i < 5; i++) {
      type("00000" + i);
    }

    assertThat(type(device.nextCode()).statusCode()).isEqualTo(429);
  }

  @Test
  void a_link_to_set_a_password_does_not_take_the_place_of_the_code() {
    setUp();
    var link = links.invite(ada.id(), Actor.SYSTEM).expected();

    try (var other = new Visitor(port)) {
      other.get("/password/" + link);
      assertThat(location(other.post("/password/" + link, Map.of("password", "two quiet tents"))))
          .isEqualTo("/sign-in/code");
      assertThat(location(other.get("/account"))).startsWith("/sign-in");
    }
  }

  @Test
  void without_the_password_first_there_is_no_page_for_a_code() {
    var device = setUp().device();

    try (var other = new Visitor(port)) {
      assertThat(location(other.get("/sign-in/code"))).isEqualTo("/sign-in");
      other.get("/sign-in");
      assertThat(location(other.post("/sign-in/code", Map.of("code", device.nextCode()))))
          .isEqualTo("/sign-in");
      other.signIn(ada.email(), PASSWORD);
      other.get("/sign-in/code");
      database.sql("update pass set expires_at = now() - interval '1 second'").update();
      assertThat(location(other.post("/sign-in/code", Map.of("code", device.nextCode()))))
          .isEqualTo("/sign-in");
    }
  }

  @Test
  void what_one_signs_in_by_is_changed_only_soon_after_a_proof() {
    visitor.signIn(ada.email(), PASSWORD);
    database
        .sql("update session set proven_at = now() - interval '16 minutes' where agent = :agent")
        .param("agent", ada.id().value())
        .update();

    assertThat(visitor.get("/account").body()).contains("Confirm that it is you");
    visitor.post("/account/second-step", Map.of());
    assertThat(steps.enrolment(ada)).isEmpty();
    assertThat(visitor.post("/account/confirmation", Map.of("password", "wrong")).statusCode())
        .isEqualTo(403);
    visitor.post("/account/confirmation", Map.of("password", PASSWORD));
    visitor.post("/account/second-step", Map.of());

    assertThat(steps.enrolment(ada)).isPresent();
    assertThat(steps.isOn(ada.id())).isFalse();
  }

  @Test
  void the_secret_is_not_readable_in_the_database() {
    var device = setUp().device();

    var kept =
        database
            .sql("select secret from second_step where agent = :agent")
            .param("agent", ada.id().value())
            .query(byte[].class)
            .single();

    assertThat(kept).hasSize(12 + Totp.SECRET_BYTES + 16);
    assertThat(java.util.HexFormat.of().formatHex(kept))
        .doesNotContain(java.util.HexFormat.of().formatHex(device.secret()));
  }

  @Test
  void one_sees_where_one_is_signed_in_and_ends_it_there() {
    visitor.signIn(ada.email(), PASSWORD);
    try (var phone = new Visitor(port);
        var stranger = new Visitor(port)) {
      phone.get("/sign-in");
      phone.post(
          "/sign-in",
          Map.of("email", ada.email(), "password", PASSWORD),
          "User-Agent",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1");
      var page = visitor.get("/account").body();
      assertThat(page).contains("Safari on iPhone", "127.0.0.1");
      var ending = page.replaceAll("(?s).*action=\"(/account/sessions/\\d+/ending)\".*", "$1");

      var other =
          agents
              .add(
                  new NewAgent(
                      "Eve",
                      "eve" + port + "-" + NUMBER.incrementAndGet() + "@evergreen.example",
                      Role.ADMINISTRATOR,
                      List.of()),
                  Actor.SYSTEM)
              .expected();
      passwords.set(other.id(), PASSWORD, Actor.SYSTEM).expected();
      stranger.signIn(other.email(), PASSWORD);
      stranger.get("/account");
      assertThat(stranger.post(ending, Map.of()).statusCode()).isEqualTo(404);
      assertThat(phone.get("/account").statusCode()).isEqualTo(200);

      visitor.get("/account");
      assertThat(location(visitor.post(ending, Map.of()))).isEqualTo("/account");
      assertThat(location(phone.get("/account"))).startsWith("/sign-in");
      phone.signIn(ada.email(), PASSWORD);
      visitor.get("/account");
      visitor.post("/account/other-sessions/ending", Map.of());
      assertThat(location(phone.get("/account"))).startsWith("/sign-in");
      assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_new_password_needs_the_old_one_and_ends_all_other_sessions() {
    visitor.signIn(ada.email(), PASSWORD);
    try (var phone = new Visitor(port)) {
      phone.signIn(ada.email(), PASSWORD);
      visitor.get("/account");
      assertThat(
              visitor
                  .post("/account/password", Map.of("current", "no", "new", "two quiet tents"))
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              visitor
                  .post("/account/password", Map.of("current", PASSWORD, "new", "short"))
                  .statusCode())
          .isEqualTo(422);
      visitor.post("/account/password", Map.of("current", PASSWORD, "new", "two quiet tents"));

      assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
      assertThat(location(phone.get("/account"))).startsWith("/sign-in");
      assertThat(location(phone.signIn(ada.email(), "two quiet tents"))).isEqualTo("/");
    }
  }

  private record SetUp(Authenticator device, List<String> recoveryCodes) {}

  private SetUp setUp() {
    visitor.signIn(ada.email(), PASSWORD);
    visitor.get("/account");
    visitor.post("/account/second-step", Map.of());
    var page = visitor.get("/account/second-step").body();
    var device = new Authenticator(secrets(page).getFirst(), database);
    var wrong = visitor.post("/account/second-step/confirmation", Map.of("code", "123"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    var done = visitor.post("/account/second-step/confirmation", Map.of("code", device.code()));
    assertThat(done.body()).contains("Your recovery codes");
    return new SetUp(device, secrets(done.body()));
  }

  private static List<String> secrets(String page) {
    return KEY.matcher(page).results().map(found -> found.group(1)).toList();
  }

  private HttpResponse<String> type(String code) {
    return visitor.post("/sign-in/code", Map.of("code", code));
  }

  private static String location(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Location")
        .map(address -> address.replaceFirst("^http://localhost:\\d+", ""))
        .orElse("(" + response.statusCode() + ")");
  }
}
