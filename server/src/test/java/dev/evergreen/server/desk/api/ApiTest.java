package dev.evergreen.server.desk.api;

import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.ApiToken.Scope;
import dev.evergreen.server.team.ApiTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Programs that call the API over the network, each with a token of the agent it acts for.
abstract class ApiTest extends WebTest {
  static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired ApiTokens tokens;

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void hangUp() {
    client.close();
  }

  String token(Agent agent) {
    return tokens
        .make(agent, "A program", EnumSet.allOf(Scope.class), Duration.ofDays(1))
        .expected();
  }

  HttpResponse<String> get(String path, String token) {
    return call("GET", path, "", token);
  }

  HttpResponse<String> call(
      String method, String path, String body, String token, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    for (var i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }
}
