package dev.evergreen.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.Evergreen;
import dev.evergreen.server.platform.postgres.OldestPostgres;
import dev.evergreen.server.workflow.Replays;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

/// `--database-url` takes any PostgreSQL from version 15 on: a small demo goes through every part
/// of the product that speaks to it.
class OldestPostgresTest {
  @TempDir Path folder;

  @Test
  void theDemoPlaysOnTheOldestDatabaseThatIsPromisedToDo() throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    try (var server = OldestPostgres.start(folder);
        var application =
            new SpringApplicationBuilder(Evergreen.class)
                .run(
                    "--evergreen.database-url=" + server.url(),
                    "--evergreen.data=" + folder.resolve("data"),
                    "--evergreen.port=0",
                    "--evergreen.mail.in=127.0.0.1:0",
                    "--evergreen.demo=true",
                    "--evergreen.demo-tickets=20")) {
      var database = application.getBean(JdbcClient.class);
      assertThat(database.sql("show server_version").query(String.class).single())
          .startsWith("15.");
      assertThat(database.sql("select count(*) from ticket").query(Long.class).single())
          .isEqualTo(20);
      assertThat(database.sql("select count(*) from ledger_fault").query(Long.class).single())
          .isZero();
      assertThat(application.getBean(Replays.class).replayAll().differences()).isEmpty();
    }
  }
}
