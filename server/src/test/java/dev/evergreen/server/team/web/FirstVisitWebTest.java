package dev.evergreen.server.team.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Visitor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.test.context.TestPropertySource;

/// Has an application of its own: the first visit happens once.
@ApplicationModuleTest(
    module = "team",
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
@TestPropertySource(properties = "test=first visit")
class FirstVisitWebTest {
  @Autowired Agents agents;
  @LocalServerPort int port;

  @Test
  void of_many_first_visitors_one_becomes_the_administrator()
      throws InterruptedException, ExecutionException {
    try (var somebody = new Visitor(port)) {
      assertThat(somebody.get("/tickets").headers().firstValue("Location")).hasValue("/welcome");
      assertThat(somebody.get("/sign-in").headers().firstValue("Location")).hasValue("/welcome");
      assertThat(somebody.get("/welcome").body()).contains("Organization", "Open the desk");
      assertThat(somebody.post("/welcome", charter(0, "short")).statusCode()).isEqualTo(422);
      assertThat(agents.active()).isEmpty();
    }

    var visits =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(number -> () -> foundsTheInstallation(number))
            .toList();
    int founders = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var visit : threads.invokeAll(visits)) {
        founders += visit.get() ? 1 : 0;
      }
    }

    assertThat(founders).isEqualTo(1);
    assertThat(agents.active()).hasSize(1);
    assertThat(agents.active().getFirst().isAdministrator()).isTrue();
    try (var late = new Visitor(port)) {
      assertThat(late.get("/welcome").statusCode()).isEqualTo(404);
      assertThat(late.get("/sign-in").body()).contains("Sign in to Fjellsport");
      assertThat(late.post("/welcome", charter(9, "three quiet boots")).statusCode())
          .isEqualTo(404);
    }
  }

  private boolean foundsTheInstallation(int number) {
    try (var visitor = new Visitor(port)) {
      visitor.get("/welcome");
      var answer = visitor.post("/welcome", charter(number, "three quiet boots"));
      return List.of(302, 303).contains(answer.statusCode())
          && visitor.get("/settings/team").statusCode() == 200;
    }
  }

  private static Map<String, String> charter(int number, String password) {
    return Map.of(
        "organization",
        "Fjellsport",
        "name",
        "Ada Moreno",
        "email",
        "ada" + number + "@evergreen.example",
        "password",
        password);
  }
}
