package dev.evergreen.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The page shows what would become of an export before anything is written, and takes it over.
class ImportPageTest extends WebTest {
  @Autowired Imports imports;
  @Autowired Takeover takeover;
  @Autowired Files files;
  @Autowired Work work;

  @Test
  void it_looks_first_and_takes_over_by_what_was_chosen() throws Exception {
    long id = given("page");
    await(id);
    var visitor = signedIn(ines());
    assertThat(visitor.get("/settings/transfer/" + id).body())
        .contains("Would take over: 2 tickets with 3 messages and notes.")
        .contains("pending reminder")
        .contains("What their words become");
    assertThat(takeover.taken("page", "21")).isNull();

    visitor.post(
        "/settings/transfer/" + id + "/run",
        Map.of("act", "take", "map:status:pending reminder", "on_hold"));
    await(id);

    assertThat(visitor.get("/settings/transfer/" + id).body())
        .contains("Taken over: 2 tickets with 3 messages and notes.");
    assertThat(takeover.taken("page", "21")).isNotNull();
    assertThat(imports.hasFiles(id)).isFalse();
    assertThat(visitor.get("/settings/audit").body()).contains("imported 2 tickets from page");
  }

  @Test
  void it_goes_on_where_a_node_that_died_left_it() throws Exception {
    long id = given("died");
    await(id);
    imports.begin(id, Map.of(), false, ines());
    await(id);

    assertThat(imports.withId(id).orElseThrow().report().numbers().taken()).isEqualTo(2);
  }

  @Test
  void only_administrators_find_it() throws Exception {
    var visitor = signedIn(somebody("Mara", Role.LEAD));
    visitor.get("/account");

    assertThat(visitor.get("/settings/transfer").statusCode()).isEqualTo(404);
    assertThat(visitor.post("/settings/transfer/export", Map.of()).statusCode()).isEqualTo(404);
  }

  private long given(String source) throws IOException {
    try (var in =
        java.nio.file.Files.newInputStream(Path.of("src/test/resources/imports/zammad.json"))) {
      var file = files.store(in);
      return imports.look(
          Format.ZAMMAD, source, List.of(new Imports.Given(file, "zammad.json")), ines());
    }
  }

  private void await(long id) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < end && imports.withId(id).orElseThrow().isGoing()) {
      work.settle(Duration.ofSeconds(10));
      Thread.sleep(50);
    }
    assertThat(imports.withId(id).orElseThrow().state()).isEqualTo(Import.State.DONE);
  }
}
