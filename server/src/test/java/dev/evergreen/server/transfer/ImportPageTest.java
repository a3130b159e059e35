package dev.evergreen.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.transfer.vendor.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The page shows what would become of an export before anything is written, and takes it over.
class ImportPageTest extends WebTest {
  @Autowired Imports imports;
  @Autowired Takeover takeover;
  @Autowired Files files;
  @Autowired Work work;
  @Autowired Sources sources;
  @Autowired Customers customers;
  @Autowired Erasures erasures;
  @Autowired JdbcClient jdbc;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

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
    long id = given("died", "many.csv", Format.CSV, table(600));
    await(id);
    // Until the worker of this test is at it, no node takes it up.
    jdbc.sql(
            """
            update import set dry = false, state = 'going', chosen = '{}', ended_at = null
            where id = :id
            """)
        .param("id", id)
        .update();
    var node =
        Thread.ofPlatform().uncaughtExceptionHandler((_, _) -> {}).start(() -> dieAt(300, id));
    node.join();
    assertThat(taken("died")).isBetween(1L, 299L);
    work.settle(Duration.ofSeconds(5));
    assertThat(imports.withId(id).orElseThrow().isGoing())
        .as("nobody else is at it before it is abandoned")
        .isTrue();

    jdbc.sql("update due set at = at - make_interval(secs => :waited) where kind = 'import.run'")
        .param("waited", ImportWork.ABANDONED.toSeconds() + 1)
        .update();
    await(id);

    assertThat(taken("died")).isEqualTo(600);
    assertThat(
            jdbc.sql("select count(*) from ticket where subject like 'Died %'")
                .query((row, _) -> row.getLong(1))
                .single())
        .isEqualTo(600);
    var report = imports.withId(id).orElseThrow().report();
    assertThat(report.numbers().taken() + report.numbers().known()).isEqualTo(600);
    assertThat(report.numbers().known()).isPositive();
  }

  /// Works as a node does, says so, and is gone in the middle of the export: what was handed over
  /// is written, nothing is ended, nobody is told.
  private void dieAt(int ticket, long id) {
    var run = takeover.prepare(new Takeover.Order("died", "CSV", Map.of(), false, ines().actor()));
    assertThat(imports.tell(id, Import.Report.NONE)).isTrue();
    var read = new AtomicInteger();
    try (var bundle = Bundle.of(List.of(table(600)));
        var source = sources.open(bundle, Format.CSV)) {
      run.read(
          (taker, findings) ->
              source.read(
                  found -> {
                    if (read.incrementAndGet() == ticket) {
                      throw new Killed();
                    }
                    taker.accept(found);
                  },
                  findings),
          Batches.After.NOTHING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// No part of an import takes it for a failure that can be told.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private Path table(int rows) throws IOException {
    var file = folder.resolve("many.csv");
    var lines = new StringBuilder("Ticket Number,Subject,From Email,Created\n");
    for (int i = 1; i <= rows; i++) {
      lines.append("%d,Died %d,died%d@many.example,2024-01-05 10:00\n".formatted(i, i, i % 50));
    }
    return java.nio.file.Files.writeString(file, lines);
  }

  private long taken(String source) {
    return jdbc.sql("select count(*) from imported_ticket where source = :source")
        .param("source", source)
        .query((row, _) -> row.getLong(1))
        .single();
  }

  @Test
  void what_did_not_fit_is_forgotten_with_the_person_and_after_a_time() throws Exception {
    var canary = "canary" + number();
    var file = folder.resolve(canary + ".csv");
    java.nio.file.Files.writeString(
        file,
        """
        Ticket Number,Subject,From,From Email,Created
        1,Lamp,Ann %1$s,%1$s@%1$s.example,not a time of %1$s
        2,Tent,Bo,bo@%1$s-other.example,yesterday
        """
            .formatted(canary));
    long looked = given(canary, "a.csv", Format.CSV, file);
    await(looked);
    assertThat(found(looked)).hasSize(2);
    imports.begin(looked, Map.of(), false, ines());
    await(looked);
    long again = given(canary + "-b", "b.csv", Format.CSV, file);
    await(again);

    var ann =
        customers.withAddress(EmailAddress.parse(canary + "@" + canary + ".example").orElseThrow());
    var _ =
        erasures
            .begin(ann.orElseThrow().id().subject(), Erasures.Cause.ASKED, ines().actor())
            .expected();
    work.settle(Duration.ofSeconds(20));
    assertThat(found(looked)).isEmpty();
    assertThat(imports.withId(looked).orElseThrow().report().numbers().taken()).isEqualTo(2);

    assertThat(found(again)).as("names nobody by an address that is known").hasSize(2);
    jdbc.sql(
            "update due set at = now() - interval '1 second' where kind = 'import.forget' and key = :key")
        .param("key", "" + again)
        .update();
    work.settle(Duration.ofSeconds(20));
    assertThat(found(again)).isEmpty();
  }

  private List<Finding> found(long id) {
    return imports.withId(id).orElseThrow().report().findings();
  }

  @Test
  void only_administrators_find_it() throws Exception {
    var visitor = signedIn(somebody("Mara", Role.LEAD));
    visitor.get("/account");

    assertThat(visitor.get("/settings/transfer").statusCode()).isEqualTo(404);
    assertThat(visitor.post("/settings/transfer/export", Map.of()).statusCode()).isEqualTo(404);
  }

  private long given(String source) throws IOException {
    var export = Path.of("src/test/resources/imports/zammad.json");
    return given(source, "zammad.json", Format.ZAMMAD, export);
  }

  private long given(String source, String name, Format format, Path export) throws IOException {
    try (var in = java.nio.file.Files.newInputStream(export)) {
      return imports.look(
          format, source, List.of(new Imports.Given(files.store(in), name)), ines());
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
