package dev.evergreen.bench;

import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// The one PostgreSQL of a bench, with a database for each contender: the server that comes with
/// the product, durable as ever.
final class BenchDatabase implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final Connection administrator;

  BenchDatabase(Path folder) throws SQLException {
    server = EmbeddedPostgres.start(folder, words -> System.err.println("Database: " + words));
    administrator = server.administrator();
  }

  /// Makes a contender's database anew, empty or as a copy of another contender's, and returns its
  /// address.
  String fresh(String system, String template) throws SQLException {
    execute("drop database if exists bench_%s with (force)".formatted(system));
    execute(
        "create database bench_%s owner %s template %s".formatted(system, server.user(), template));
    return server.url("bench_" + system)
        + "&user=%s&password=%s&socketFactory=%s"
            .formatted(server.user(), server.password(), Wire.class.getName());
  }

  /// The address of a database for whoever is not measured.
  String plainUrl(String system) {
    return server.url("bench_" + system)
        + "&user=%s&password=%s".formatted(server.user(), server.password());
  }

  void checkpoint() throws SQLException {
    execute("checkpoint");
  }

  /// What the server has spent.
  ///
  /// @param cpu of each of its processes
  /// @param log bytes of WAL
  /// @param transactions those that wrote something
  record Spent(Map<Long, Duration> cpu, long log, long transactions) {
    /// Milliseconds of CPU time between two readings. Processes that ended in between are missed:
    /// the pools keep theirs.
    double cpuSince(Spent before) {
      return cpu.entrySet().stream()
          .mapToDouble(process ->
              process
                      .getValue()
                      .minus(before.cpu().getOrDefault(process.getKey(), Duration.ZERO))
                      .toNanos()
                  / 1e6)
          .sum();
    }
  }

  Spent spent() throws SQLException {
    var cpu =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
            .collect(
                Collectors.toMap(
                    ProcessHandle::pid,
                    process -> process.info().totalCpuDuration().orElse(Duration.ZERO)));
    try (var statement = administrator.createStatement();
        var row =
            statement.executeQuery(
                """
                select
                  pg_current_wal_insert_lsn() - '0/0',
                  cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)
                """)) {
      row.next();
      return new Spent(cpu, row.getLong(1), row.getLong(2));
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    administrator.close();
    server.close();
  }
}
