package dev.evergreen.server.desk.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiTest extends ApiTest {
  private static final Path WRITTEN = Path.of("src/main/resources/openapi.json");

  /// The tests write the description from the code; the program hands out the file.
  @Test
  void the_description_says_what_the_code_does() throws IOException {
    var ada = signedIn(somebody("Ada", Role.AGENT));

    var answer = ada.get("/v3/api-docs", "Accept", "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var described = JSON.readTree(answer.body());
    var fresh = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(described) + "\n";
    Files.writeString(Path.of("target/openapi.json"), fresh);

    assertThat(described.get("openapi").asString()).isEqualTo("3.1.0");
    assertThat(described.get("paths").propertyNames()).contains("/api/v1/tickets/{number}");
    assertThat(Files.readString(WRITTEN))
        .as("the description is stale: copy target/openapi.json over %s", WRITTEN)
        .isEqualTo(fresh);
  }

  @Test
  void everybody_may_read_the_description() {
    var described = stranger().get("/openapi.json", "Accept", "application/json");

    assertThat(described.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(described.body()).get("info").get("title").asString())
        .isEqualTo("Evergreen");
  }
}
