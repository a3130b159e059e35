package dev.evergreen.server.platform;

import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.server.platform.AuditCheckpoints.Checkpoint;
import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Checks the audit log of an installation from outside, whether its server runs or not.
///
/// @param databaseUrl of the PostgreSQL that it uses; empty for the one in its data folder
/// @param secretKey as the nodes have it; empty for the data folder's own
public record AuditInspection(String databaseUrl, Path data, String secretKey) {
  /// @param known checkpoints that were kept elsewhere, beside the data folder's
  public AuditCheck.Result run(List<Checkpoint> known) {
    if (secretKey.isBlank() && !Files.exists(data.resolve("secret.key"))) {
      throw new PostgresFailure(
          "Expected the installation's secret key: its data folder by --data, or"
              + " EVERGREEN_SECRET_KEY, but there is none in "
              + data
              + ".");
    }
    if (!databaseUrl.isBlank()) {
      return check(DatabaseUrl.parse(databaseUrl.strip()), known);
    }
    var running = EmbeddedPostgres.running(data);
    if (running.isPresent()) {
      return check(urlOf(running.get()), known);
    }
    if (!Files.exists(data.resolve("postgres"))) {
      throw new PostgresFailure("Expected a database in " + data + ", but there is none.");
    }
    try (var server = EmbeddedPostgres.start(data, _ -> {})) {
      return check(new DatabaseUrl(server.url(), server.user(), server.password()), known);
    }
  }

  private static DatabaseUrl urlOf(EmbeddedPostgres.Door door) {
    return new DatabaseUrl(door.url(), door.user(), door.password());
  }

  private AuditCheck.Result check(DatabaseUrl url, List<Checkpoint> known) {
    try (HikariDataSource pool = new ConnectionPool(url, 2)) {
      var jdbc = JdbcClient.create(pool);
      var transactions = new DatabaseTransactions(pool, new LastWrites(new JdbcTemplate(pool)));
      var clock = new DatabaseClock(jdbc, transactions, false);
      var secrets = new Secrets(jdbc, transactions, clock, secretKey, data);
      var checkpoints = new AuditCheckpoints(data);
      var all = Stream.concat(known.stream(), checkpoints.stored().stream()).toList();
      return new AuditCheck(jdbc, new AuditDetails(jdbc, clock), secrets, checkpoints).run(all);
    }
  }
}
