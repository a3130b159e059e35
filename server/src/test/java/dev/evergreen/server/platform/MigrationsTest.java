package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationsTest {
  private final TestDatabase database = TestDatabase.create();

  /// Flyway would fail on the table that is gone: it is not asked.
  @Test
  void a_second_start_runs_no_migration() {
    try (var pool = database.open(2)) {
      JdbcClient.create(pool).sql("drop table flyway_schema_history_platform").update();

      new Migrations().run(pool);

      assertThat(has(pool, "flyway_schema_history_platform")).isFalse();
    }
  }

  @Test
  void another_hash_brings_every_module_up_to_date_once() {
    try (var pool = database.open(4)) {
      JdbcClient jdbc = JdbcClient.create(pool);
      int before = migrations(jdbc);
      jdbc.sql("update schema_hash set hash = 'of an older program'").update();

      new Migrations().run(pool);

      assertThat(migrations(jdbc)).isEqualTo(before);
      assertThat(jdbc.sql("select hash from schema_hash").query(String.class).single())
          .isEqualTo(new Migrations().hash());
    }
  }

  private static int migrations(JdbcClient jdbc) {
    return jdbc.sql("select count(*) from flyway_schema_history_ticket")
        .query(Integer.class)
        .single();
  }

  private static boolean has(DataSource pool, String table) {
    return JdbcClient.create(pool)
        .sql("select to_regclass(:table) is not null")
        .param("table", table)
        .query(Boolean.class)
        .single();
  }
}
