package dev.evergreen.server.rights;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.rights.Rights.Person;
import dev.evergreen.server.rights.Rights.Row;
import dev.evergreen.server.rights.Routes.Route;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.ApiToken.Scope;
import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.team.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Asks every route that the program has as everybody who may come to it, about what is theirs and
/// what is another team's, and compares what they may with the table. A route without a row fails:
/// who writes a new page says in the table who may see it.
///
/// The words of the table: `all` may, whosever it is; `own` only what is theirs, and what is not
/// cannot be told from what is not there; `-` for them there is no such thing; `no` told that they
/// may not; `sign-in` sent to prove who they are first.
@Import({
  Objects.class,
  Objects.People.class,
  Objects.Desk.class,
  Objects.Work.class,
  Objects.Studio.class
})
class RightsTest extends WebTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path FOUND = Path.of("target/rights.txt");
  private static final Set<Integer> MAY = Set.of(200, 201, 202, 204, 302, 303, 409, 422);

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Autowired Objects objects;
  @Autowired Teams teams;
  @Autowired Roles roles;
  @Autowired ApiTokens tokens;

  private final HttpClient programs = HttpClient.newHttpClient();
  private final Map<Person, Visitor> visitors = new EnumMap<>(Person.class);
  private final Map<Person, String> bearers = new EnumMap<>(Person.class);
  private final Map<Person, Agent> agentsOf = new EnumMap<>(Person.class);
  private final Map<String, List<String>> shared = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Agent another;

  @BeforeEach
  void everybody() {
    Team here = teams.create("rights" + number(), "The tent people", Actor.SYSTEM).expected();
    Team there = teams.create("rights" + number(), "The boot people", Actor.SYSTEM).expected();
    another = somebody("Pavel", Role.AGENT, there);
    visitors.put(Person.NOBODY, stranger());
    for (var person : EnumSet.range(Person.COLLABORATOR, Person.ADMINISTRATOR)) {
      var role = Role.shipped(person.name()).orElseGet(() -> limitedTo(here));
      var agent = somebody("A " + person, role, here);
      agentsOf.put(person, agent);
      visitors.put(person, signedIn(agent));
      bearers.put(person, token(agent, EnumSet.allOf(Scope.class)));
    }
    visitors.values().forEach(visitor -> visitor.get("/sign-in"));
    visitors.values().forEach(visitor -> visitor.get("/account"));
  }

  /// For what a team is given: everything but closing and merging.
  private Role limitedTo(Team team) {
    var words =
        Stream.of("see", "note", "sort", "answer", "assign", "involve", "bulk")
            .map(permission -> permission + "@" + team.id().value());
    var elsewhere = Stream.of("open@everywhere", "see-customers@everywhere");
    return roles
        .make(
            Roles.Wanted.of(
                "Limited to " + team.key(),
                Stream.concat(words, elsewhere).toList(),
                List.of(team)),
            Actor.SYSTEM)
        .expected();
  }

  @AfterEach
  void hangUp() {
    programs.close();
  }

  @Test
  void everybody_may_what_the_table_says_and_nothing_else() throws IOException {
    var rows = Rights.read();
    var routes = Routes.of(mappings);
    var found = new TreeMap<String, Row>();
    for (var route : routes) {
      var row = rows.get(route.name());
      if (row == null) {
        wrong.add("no row for " + route.name());
      } else {
        found.put(route.name(), row.with(mayAll(route, row)));
      }
    }
    Files.writeString(
        FOUND,
        String.join(
                "\n",
                rows.keySet().stream()
                    .map(found::get)
                    .filter(it -> it != null)
                    .map(Row::written)
                    .toList())
            + "\n");
    rows.forEach((name, row) -> {
      var seen = found.get(name);
      if (seen == null) {
        wrong.add("no route for the row " + name);
      } else if (!seen.may().equals(row.may())) {
        wrong.add("%s: expected %s, but found %s".formatted(name, row.may(), seen.may()));
      }
    });

    assertThat(routes).hasSizeGreaterThan(250);
    assertThat(wrong)
        .as("what is wrong, of %d routes; %s says what was found", routes.size(), FOUND)
        .isEmpty();
  }

  @Test
  void a_token_without_the_scope_may_nothing_and_without_administering_is_no_administrator()
      throws IOException {
    var administrator = requireNonNull(agentsOf.get(Person.ADMINISTRATOR));
    var reading = token(administrator, EnumSet.of(Scope.READ));
    var writing = token(administrator, EnumSet.of(Scope.WRITE));
    var plain = token(administrator, EnumSet.of(Scope.READ, Scope.WRITE));
    var rows = Rights.read();
    for (var route : Routes.of(mappings).stream().filter(Route::isForPrograms).toList()) {
      var row = rows.get(route.name());
      if (row == null) {
        continue;
      }
      var path = route.path(object(row, Person.ADMINISTRATOR, true));
      expect(401, route, path, "");
      expect(401, route, path, "evg_nonsense");
      expect(403, route, path, route.changes() ? reading : writing);
      if (isAlone(row)) {
        var may = call(route, path, row, plain).isTaken();
        if (may != row.may(Person.LEAD).equals("all")) {
          wrong.add("an administrator's program may more than a lead: " + route.name());
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  private void expect(int status, Route route, String path, String token) {
    var found = call(route, path, new Row("", "-", List.of(), Map.of()), token).status();
    if (found != status) {
      wrong.add("%s: expected %d, but found %d".formatted(route.name(), status, found));
    }
  }

  private List<String> mayAll(Route route, Row row) {
    var may = new ArrayList<String>();
    for (var person : Person.values()) {
      may.add(may(route, row, person));
    }
    return may;
  }

  /// @param leadsTo where it sends the one who asked; empty when nowhere
  private record Answer(int status, String body, String leadsTo) {
    static Answer of(HttpResponse<?> response) {
      return new Answer(
          response.statusCode(),
          response.body() instanceof String text ? text : "",
          response.headers().firstValue("Location").orElse(""));
    }

    boolean isTaken() {
      return MAY.contains(status) && !leadsTo.contains("/sign-in");
    }
  }

  /// The word for what one may.
  private String may(Route route, Row row, Person person) {
    if (isAlone(row) || !objects.areOwned(row.object())) {
      var answer = ask(route, row, person, true);
      return answer.isTaken() ? "all" : refusal(route, answer, person);
    }
    var foreign = object(row, person, false);
    var toForeign = ask(route, row, person, false);
    var toOwn = person == Person.NOBODY ? toForeign : ask(route, row, person, true);
    if (toOwn.isTaken() && !toForeign.isTaken()) {
      expectSame(route, row, foreign, toForeign, person);
      return "own";
    }
    return toOwn.isTaken() ? "all" : toForeign.isTaken() ? "others" : refusal(route, toOwn, person);
  }

  /// What another has and what nobody has are answered alike, to the letter.
  private void expectSame(
      Route route, Row row, List<String> foreign, Answer answer, Person person) {
    var unknown = new ArrayList<>(foreign);
    unknown.set(0, foreign.getFirst().matches("\\d+") ? "987654321" : "nowhere");
    var toUnknown = ask(route, row, unknown, person);
    if (answer.status() != 404
        || toUnknown.status() != 404
        || !plain(route, answer, foreign).equals(plain(route, toUnknown, unknown))) {
      wrong.add(
          "%s as %s: what is another's (%d) can be told from what is not there (%d): %s"
              .formatted(
                  route.name(),
                  person,
                  answer.status(),
                  toUnknown.status(),
                  difference(plain(route, answer, foreign), plain(route, toUnknown, unknown))));
    }
  }

  /// Where they begin to differ.
  private static String difference(String one, String other) {
    int at = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return at < 0
        ? "alike"
        : "“%s”, “%s”"
            .formatted(
                one.substring(at, Math.min(one.length(), at + 80)),
                other.substring(at, Math.min(other.length(), at + 80)));
  }

  /// A body without what differs from one answer to the next in any case.
  private static String plain(Route route, Answer answer, List<String> object) {
    return route.isForPrograms()
        ? answer.body().replaceAll("\\b" + object.getFirst() + "\\b", "#")
        : answer
            .body()
            .replaceAll("[\\w-]{40,}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|<div class=\"flash\".*", "");
  }

  /// Whether there is nothing that it is about.
  private static boolean isAlone(Row row) {
    return row.object().equals("-") || row.object().equals("stream");
  }

  private String refusal(Route route, Answer answer, Person person) {
    return switch (answer.status()) {
      case 302, 303 -> "sign-in";
      case 401 -> "sign-in";
      case 403 -> "no";
      case 404, 410 -> "-";
      default -> {
        wrong.add(
            "%s as %s: %d %s"
                .formatted(
                    route.name(),
                    person,
                    answer.status(),
                    answer.body().replaceAll("\\s+", " ").replaceAll("<[^>]+>", "")));
        yield "" + answer.status();
      }
    };
  }

  /// What was changed is made anew; all else can be looked at again.
  private List<String> object(Row row, Person person, boolean own) {
    return isAlone(row)
        ? List.of()
        : shared.computeIfAbsent(key(row, person, own), _ -> make(row, person, own));
  }

  private List<String> make(Row row, Person person, boolean own) {
    return objects.make(row.object(), owner(person, own));
  }

  private String key(Row row, Person person, boolean own) {
    return objects.areOwned(row.object())
        ? row.object() + " of " + owner(person, own).id()
        : row.object();
  }

  private Agent owner(Person person, boolean own) {
    return own && person != Person.NOBODY ? agentsOf.getOrDefault(person, another) : another;
  }

  /// Asks about what is one's own or another's.
  private Answer ask(Route route, Row row, Person person, boolean own) {
    var answer = ask(route, row, object(row, person, own), person);
    if (route.changes() && answer.status() < 400) {
      shared.remove(key(row, person, own));
    }
    return answer;
  }

  private Answer ask(Route route, Row row, List<String> object, Person person) {
    var path = route.path(object);
    if (route.isForPrograms()) {
      var sent = new TreeMap<String, String>();
      row.form().forEach((name, value) -> sent.put(name, sent(value, person)));
      return call(
          route,
          path,
          new Row(row.route(), row.object(), row.may(), sent),
          bearers.getOrDefault(person, ""));
    }
    var visitor = requireNonNull(visitors.getOrDefault(person, visitors.get(Person.NOBODY)));
    var form = new TreeMap<>(route.form());
    row.form().forEach((name, value) -> form.put(name, sent(value, person)));
    return switch (route.sending()) {
      case Routes.Sending.Nothing _ -> look(path, form, row, visitor);
      case Routes.Sending.Upload _ -> Answer.of(visitor.upload(path, "a.yaml", new byte[] {65}));
      case Routes.Sending.Form _, Routes.Sending.Json _ -> Answer.of(visitor.post(path, form));
    };
  }

  /// `@ticket` stands for the number of one of one's own.
  private String sent(String value, Person person) {
    return value.startsWith("@")
        ? objects.make(value.substring(1), owner(person, true)).getFirst()
        : value;
  }

  private Answer look(String path, Map<String, String> query, Row row, Visitor visitor) {
    var asked = new StringBuilder(path);
    query.forEach((name, value) ->
        asked.append(asked.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value));
    return row.object().equals("stream")
        ? Answer.of(visitor.begin(asked.toString()))
        : Answer.of(visitor.get(asked.toString()));
  }

  private Answer call(Route route, String path, Row row, String token) {
    var query = new TreeMap<>(route.form());
    var body = BodyPublishers.noBody();
    if (route.sending() instanceof Routes.Sending.Json(String text)) {
      body = BodyPublishers.ofString(filled(text, row.form()));
    } else {
      query.putAll(row.form());
    }
    var asked = new StringBuilder(path);
    query.forEach((name, value) ->
        asked.append(asked.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value));
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + asked))
            .method(route.method(), body)
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return Answer.of(programs.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The body with what the row says in some of its fields.
  private static String filled(String json, Map<String, String> fields) {
    var body = (ObjectNode) JSON.readTree(json);
    fields.forEach((name, value) -> {
      if (value.matches("\\d+")) {
        body.put(name, Long.parseLong(value));
      } else {
        body.put(name, value);
      }
    });
    return JSON.writeValueAsString(body);
  }

  private String token(Agent agent, Set<Scope> scopes) {
    return tokens.make(agent, "A program", scopes, Duration.ofDays(1)).expected();
  }
}
