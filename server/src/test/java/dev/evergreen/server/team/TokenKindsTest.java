package dev.evergreen.server.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.ApiToken.Scope;
import dev.evergreen.server.team.Passes.Pass;
import dev.evergreen.server.team.Passes.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/// Every kind of secret that this module hands out, treated alike: cut, lengthened, in other
/// letters, one letter off, taken for another kind, or too old, it is unknown.
@ApplicationModuleTest(
    module = "team",
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class TokenKindsTest {
  private static final long SEED = 20261122;
  private static final int ROUNDS = 40;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  @Autowired Agents agents;
  @Autowired Sessions sessions;
  @Autowired Passes passes;
  @Autowired ApiTokens tokens;
  @Autowired JdbcClient database;

  private record Kind(Supplier<String> make, Predicate<String> opens, String expire) {}

  private final Map<String, Kind> kinds = new TreeMap<>();

  @BeforeEach
  void everyKind() {
    var number = database.sql("select count(*) from agent").query(Long.class).single();
    var ada =
        agents
            .add(
                new NewAgent("Ada", "kinds" + number + "@evergreen.example", Role.AGENT, List.of()),
                Actor.SYSTEM)
            .expected();
    kinds.put(
        "session",
        new Kind(
            () -> sessions.begin(ada, new Origin("Firefox on Linux", "127.0.0.1")).token(),
            token -> sessions.find(token).isPresent(),
            "update session set expires_at = now() - interval '1 second'"));
    kinds.put(
        "API token",
        new Kind(
            () -> tokens.make(ada, "A program", Set.of(Scope.READ), Duration.ofDays(30)).expected(),
            token -> tokens.find(token).isPresent(),
            "update api_token set expires_at = now() - interval '1 second'"));
    for (Purpose purpose : Purpose.values()) {
      kinds.put(
          "pass to " + purpose,
          new Kind(
              () -> passes.issue(new Pass(purpose, ada.id(), "")).value(),
              token -> passes.look(token, purpose).isPresent(),
              "update pass set expires_at = now() - interval '1 second'"));
    }
  }

  @Test
  void a_secret_is_good_whole_for_its_own_purpose_and_in_time() {
    var random = new SplittableRandom(SEED);
    kinds.forEach((name, kind) -> {
      for (int round = 0; round < ROUNDS; round++) {
        var token = kind.make().get();
        assertThat(kind.opens().test(token)).as(name).isTrue();
        for (var wrong : spoiled(token, random)) {
          assertThat(kind.opens().test(wrong)).as("%s, seed %d", name, SEED).isFalse();
        }
        kinds.forEach((other, door) ->
            assertThat(door.opens().test(token))
                .as(name + " as " + other)
                .isEqualTo(other.equals(name)));
        database.sql("delete from api_token").update();
      }
      var late = kind.make().get();
      database.sql(kind.expire()).update();
      assertThat(kind.opens().test(late)).as(name + ", too late").isFalse();
    });
  }

  @Test
  void a_pass_is_used_once() {
    for (Purpose purpose : Purpose.values()) {
      var token = Objects.requireNonNull(kinds.get("pass to " + purpose)).make().get();

      assertThat(passes.use(token, purpose)).isPresent();
      assertThat(passes.use(token, purpose)).isEmpty();
      assertThat(passes.look(token, purpose)).isEmpty();
    }
  }

  private static List<String> spoiled(String token, SplittableRandom random) {
    int at = random.nextInt(token.length());
    var other = LETTERS.charAt(random.nextInt(LETTERS.length()));
    var wrong = new ArrayList<String>();
    wrong.add("");
    wrong.add(token.substring(0, at));
    wrong.add(token.substring(at + 1));
    wrong.add(token + other);
    wrong.add(" " + token);
    wrong.add(token.toUpperCase(Locale.ROOT));
    wrong.add(token.toLowerCase(Locale.ROOT));
    wrong.add(token.substring(0, at) + other + token.substring(at + 1));
    wrong.removeIf(token::equals);
    return wrong;
  }
}
