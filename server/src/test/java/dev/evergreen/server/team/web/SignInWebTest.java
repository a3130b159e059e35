package dev.evergreen.server.team.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    module = "team",
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class SignInWebTest {
  private static final String PASSWORD = "three quiet boots";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Agents agents;
  @Autowired Passwords passwords;
  @Autowired JdbcClient database;
  @LocalServerPort int port;

  Agent ada;
  Visitor visitor;

  @BeforeEach
  void somebody() {
    database.sql("delete from sign_in_limit").update();
    ada = agent(Role.ADMINISTRATOR);
    visitor = new Visitor(port);
  }

  private Agent agent(Role role) {
    var email = "ada" + NUMBER.incrementAndGet() + "@evergreen.example";
    var agent =
        agents.add(new NewAgent("Ada Moreno", email, role, List.of()), Actor.SYSTEM).expected();
    passwords.set(agent.id(), PASSWORD, Actor.SYSTEM).expected();
    return agent;
  }

  @AfterEach
  void leave() {
    visitor.close();
  }

  @Test
  void signing_in_leads_back_to_where_one_wanted_to_go() {
    var first = visitor.get("/settings/team?x=1");
    assertThat(location(first)).isEqualTo("/sign-in?next=%2Fsettings%2Fteam%3Fx%3D1");

    visitor.get(location(first));
    var done =
        visitor.post(
            "/sign-in",
            Map.of("email", ada.email(), "password", PASSWORD, "next", "/settings/team?x=1"));

    assertThat(location(done)).isEqualTo("/settings/team?x=1");
    assertThat(visitor.get("/settings/team").body()).contains("People and teams", ada.email());
  }

  @Test
  void a_foreign_address_to_return_to_is_not_followed() {
    for (var foreign :
        List.of(
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/..//evil.example",
            "javascript:alert(1)")) {
      visitor.get("/sign-in");
      var done =
          visitor.post(
              "/sign-in", Map.of("email", ada.email(), "password", PASSWORD, "next", foreign));
      assertThat(location(done)).as(foreign).isEqualTo("/");
      visitor.get("/settings/team");
      visitor.post("/sign-out", Map.of());
    }
  }

  @Test
  void unknown_wrong_and_resting_accounts_get_the_same_answer() {
    var unknown = visitor.signIn("nobody@evergreen.example", PASSWORD);
    var wrong = visitor.signIn(ada.email(), "not the password");
    for (int i = 0; i < 10; i++) {
      visitor.signIn(ada.email(), "not the password");
    }
    var resting = visitor.signIn(ada.email(), PASSWORD);
    var leaver = agent(Role.AGENT);
    agents.deactivate(leaver.id(), ada.actor()).expected();
    var left = visitor.signIn(leaver.email(), PASSWORD);

    assertThat(List.of(unknown, wrong, resting, left))
        .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(401));
    assertThat(withoutAccount(unknown, "nobody@evergreen.example"))
        .isEqualTo(withoutAccount(wrong, ada.email()))
        .isEqualTo(withoutAccount(resting, ada.email()))
        .isEqualTo(withoutAccount(left, leaver.email()));
    assertThat(visitor.cookie("session")).isEmpty();
  }

  @Test
  void unknown_and_resting_accounts_take_as_long_as_wrong_passwords() {
    long wrong = fastest(ada.email());
    long unknown = fastest("nobody@evergreen.example");
    for (int i = 0; i < 10; i++) {
      visitor.signIn(ada.email(), "not the password");
    }
    long resting = fastest(ada.email());

    assertThat(unknown).isBetween(wrong / 2, wrong * 2);
    assertThat(resting).isBetween(wrong / 2, wrong * 2);
  }

  private long fastest(String email) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      visitor.get("/sign-in");
      long start = System.nanoTime();
      visitor.post("/sign-in", Map.of("email", email, "password", "not the password"));
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  @Test
  void a_wrong_password_counts_once() {
    for (int i = 0; i < 9; i++) {
      visitor.signIn(ada.email(), "not the password");
    }

    assertThat(location(visitor.signIn(ada.email(), PASSWORD))).isEqualTo("/");
  }

  @Test
  void an_account_wakes_up_after_a_rest() {
    for (int i = 0; i < 12; i++) {
      visitor.signIn(ada.email(), "not the password");
    }
    assertThat(visitor.signIn(ada.email(), PASSWORD).statusCode()).isEqualTo(401);

    database.sql("update sign_in_limit set filled_at = filled_at - interval '3 minutes'").update();

    assertThat(location(visitor.signIn(ada.email(), PASSWORD))).isEqualTo("/");
  }

  @Test
  void an_address_that_tries_many_accounts_is_slowed_whatever_it_claims_to_be() {
    HttpResponse<String> last = visitor.signIn("nobody0@evergreen.example", PASSWORD);
    database.sql("update sign_in_limit set level = 60 where level > 0").update();
    for (int i = 1; i < 3; i++) {
      visitor.get("/sign-in");
      last =
          visitor.post(
              "/sign-in",
              Map.of("email", "nobody" + i + "@evergreen.example", "password", PASSWORD),
              "X-Forwarded-For",
              "203.0.113." + i);
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.body()).contains("too many tries from your network");
  }

  @Test
  void a_whole_company_signs_in_from_one_address() {
    visitor.signIn(ada.email(), PASSWORD);
    database.sql("update sign_in_limit set level = 59").update();

    for (int i = 0; i < 4; i++) {
      assertThat(status(agent(Role.AGENT).email())).isEqualTo(302);
    }
  }

  /// What somebody else at this address is told who signs in with our password.
  private int status(String email) {
    try (var other = new Visitor(port)) {
      return other.signIn(email, PASSWORD).statusCode();
    }
  }

  @Test
  void a_success_does_not_hide_what_was_tried_on_others() {
    visitor.signIn(ada.email(), PASSWORD);
    database.sql("update sign_in_limit set level = 58").update();

    assertThat(status("nobody1@evergreen.example")).isEqualTo(401);
    assertThat(status(ada.email())).isEqualTo(302);
    assertThat(status("nobody2@evergreen.example")).isEqualTo(401);
    assertThat(status("nobody3@evergreen.example")).isEqualTo(429);
  }

  @Test
  void a_form_without_its_token_changes_nothing() {
    visitor.get("/sign-in");

    var without = visitor.postBare("/sign-in", Map.of("email", ada.email(), "password", PASSWORD));
    var forged =
        visitor.postBare(
            "/sign-in", Map.of("email", ada.email(), "password", PASSWORD, "_csrf", "forged"));

    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(visitor.cookie("session")).isEmpty();
  }

  @Test
  void htmx_may_send_the_token_as_a_header() {
    visitor.signIn(ada.email(), PASSWORD);
    var page = visitor.get("/settings/team").body();
    var token = page.replaceAll("(?s).*<meta name=\"csrf\" content=\"([^\"]+)\".*", "$1");
    var name = page.replaceAll("(?s).*data-header=\"([^\"]+)\".*", "$1");

    var done =
        visitor.postBare(
            "/settings/team/teams",
            Map.of("key", "team-" + NUMBER.incrementAndGet(), "title", "Frontline"),
            name,
            token);

    assertThat(location(done)).isEqualTo("/settings/team");
  }

  @Test
  void the_cookie_is_out_of_reach_of_scripts_and_new_at_each_sign_in() {
    visitor.get("/sign-in");
    var first = visitor.post("/sign-in", Map.of("email", ada.email(), "password", PASSWORD));
    var token = visitor.cookie("session").orElseThrow();
    visitor.get("/settings/team");
    visitor.post("/sign-in", Map.of("email", ada.email(), "password", PASSWORD));
    var next = visitor.cookie("session").orElseThrow();

    assertThat(first.headers().allValues("Set-Cookie"))
        .anyMatch(cookie ->
            cookie.startsWith("session=")
                && cookie.contains("HttpOnly")
                && cookie.contains("SameSite=Lax")
                && cookie.contains("Path=/"));
    assertThat(token).hasSizeGreaterThan(40).isNotEqualTo(next);
    try (var thief = new Visitor(port)) {
      thief.plantCookie("session", token);
      assertThat(location(thief.get("/settings/team"))).startsWith("/sign-in");
    }
  }

  @Test
  void signing_out_ends_the_session_for_whoever_holds_the_token() {
    visitor.signIn(ada.email(), PASSWORD);
    var token = visitor.cookie("session").orElseThrow();

    visitor.get("/settings/team");
    var out = visitor.post("/sign-out", Map.of());

    assertThat(location(out)).isEqualTo("/sign-in");
    try (var thief = new Visitor(port)) {
      thief.plantCookie("session", token);
      assertThat(location(thief.get("/settings/team"))).startsWith("/sign-in");
    }
  }

  @Test
  void who_is_not_signed_in_is_told_so_in_the_callers_own_way() {
    var htmx =
        visitor.get(
            "/settings/team",
            "HX-Request",
            "true",
            "HX-Current-URL",
            "http://localhost/settings/team?q=a");
    var stream = visitor.get("/live", "Accept", "text/event-stream");

    assertThat(htmx.statusCode()).isEqualTo(401);
    assertThat(htmx.headers().firstValue("HX-Redirect"))
        .hasValue("/sign-in?next=%2Fsettings%2Fteam%3Fq%3Da");
    assertThat(stream.statusCode()).isIn(302, 401);
  }

  @Test
  void what_only_administrators_may_see_is_not_there_for_others() {
    for (var role : List.of(Role.LEAD, Role.AGENT, Role.COLLABORATOR)) {
      var bo = agent(role);
      try (var other = new Visitor(port)) {
        other.signIn(bo.email(), PASSWORD);
        assertThat(other.get("/settings/team").statusCode()).isEqualTo(404);
        for (var path :
            List.of(
                "/agents",
                "/agents/" + ada.id().value() + "/role",
                "/agents/" + ada.id().value() + "/departure",
                "/agents/" + ada.id().value() + "/readmission",
                "/agents/" + ada.id().value() + "/invitation",
                "/teams")) {
          other.get("/sign-in");
          var answer =
              other.post(
                  "/settings/team" + path,
                  Map.of(
                      "name", "Eve",
                      "email", "eve@evil.example",
                      "role", "ADMINISTRATOR",
                      "key", "eve",
                      "title", "Eve"));
          assertThat(answer.statusCode()).as(role + " " + path).isIn(403, 404);
        }
      }
    }
    assertThat(agents.withId(ada.id())).hasValue(ada);
  }

  @Test
  void an_administrator_adds_somebody_who_sets_a_password_by_the_link() {
    visitor.signIn(ada.email(), PASSWORD);
    var email = "bo" + NUMBER.incrementAndGet() + "@evergreen.example";
    visitor.get("/settings/team");

    var added =
        visitor.post(
            "/settings/team/agents", Map.of("name", "Bo Li", "email", email, "role", "AGENT"));
    var link = added.body().replaceAll("(?s).*value=\"http://[^/]+(/password/[^\"]+)\".*", "$1");

    assertThat(visitor.get("/settings/team").body()).doesNotContain("/password/");
    try (var bo = new Visitor(port)) {
      assertThat(bo.get(link).body()).contains("Hello Bo Li", email);
      assertThat(bo.post(link, Map.of("password", "short")).statusCode()).isEqualTo(422);
      assertThat(location(bo.post(link, Map.of("password", PASSWORD)))).isEqualTo("/");
      assertThat(bo.get("/settings/team").statusCode()).isEqualTo(404);
    }
    try (var late = new Visitor(port)) {
      assertThat(late.get(link).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void pages_carry_the_headers_that_browsers_obey() {
    var headers = visitor.get("/sign-in").headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self'", "form-action 'self'", "base-uri 'none'");
  }

  @Test
  void forwarded_headers_of_a_stranger_are_not_believed() {
    var answer =
        visitor.get("/sign-in", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example");

    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.contains("__Host-"));
    assertThat(answer.body()).doesNotContain("evil.example");
  }

  private static String location(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Location")
        .map(address -> address.replaceFirst("^http://localhost:\\d+", ""))
        .orElse("(" + response.statusCode() + ")");
  }

  private static String withoutAccount(HttpResponse<String> answer, String email) {
    return answer
        .body()
        .replace(email, "ACCOUNT")
        .replaceAll("(name=\"_csrf\" value|meta name=\"(csrf|now)\" content)=\"[^\"]+\"", "");
  }
}
