package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The whole product on a port of its own, visited without scripts. These tests share one
/// application and one database, so each keeps to what it made.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
public abstract class WebTest {
  protected static final String PASSWORD = "three quiet boots";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired protected Agents agents;
  @Autowired protected Passwords passwords;
  @Autowired protected Founding founding;
  @LocalServerPort protected int port;

  private final List<Visitor> visitors = new ArrayList<>();

  @BeforeEach
  void found() {
    if (!founding.isDone()) {
      var _ =
          founding.found(new Founding.Charter("Ridge", "Ines", "ines@ridge.example", PASSWORD, ""));
    }
  }

  @AfterEach
  void closeDoors() {
    visitors.forEach(Visitor::close);
  }

  /// One that no other test has.
  protected static int number() {
    return NUMBER.incrementAndGet();
  }

  protected Agent somebody(String name, Role role, Team... in) {
    var email = "web" + number() + "@ridge.example";
    List<TeamId> places = Arrays.stream(in).map(Team::id).toList();
    var agent = agents.add(new NewAgent(name, email, role, places), Actor.SYSTEM).expected();
    passwords.set(agent.id(), PASSWORD, Actor.SYSTEM).expected();
    return agent;
  }

  /// An administrator with this address, whichever test needs them first.
  protected Agent ines() {
    var address = EmailAddress.parse("ines@ridge.example").orElseThrow();
    return agents
        .withEmail(address)
        .orElseGet(() -> {
          var person = new NewAgent("Ines", address.toString(), Role.ADMINISTRATOR, List.of());
          var agent = agents.add(person, Actor.SYSTEM).expected();
          passwords.set(agent.id(), PASSWORD, Actor.SYSTEM).expected();
          return agent;
        });
  }

  protected Visitor stranger() {
    var visitor = new Visitor(port);
    visitors.add(visitor);
    return visitor;
  }

  protected Visitor signedIn(Agent agent) {
    var visitor = stranger();
    assertThat(visitor.signIn(agent.email(), PASSWORD).statusCode()).isEqualTo(302);
    return visitor;
  }

  /// Where a form that was taken leads.
  protected static String there(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isIn(302, 303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  /// The same without the name of the host.
  static String pathAfter(HttpResponse<String> response) {
    return URI.create(there(response)).getPath();
  }
}
