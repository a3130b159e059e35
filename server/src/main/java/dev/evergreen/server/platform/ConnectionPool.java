package dev.evergreen.server.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The connections to the store. [Unpromised] work has some of its own, whose commits do not wait
/// for the disk, so that no other work is ever given one of those.
final class ConnectionPool extends HikariDataSource {
  /// A node that is paused in a transaction loses it, and with it the row locks it held and the
  /// ledger ids it drew, for which every reader waits.
  ///
  /// Every statement that is not rare finds its rows by an index. Plans are kept, and one that was
  /// made while a table was small and unknown would else read it from end to end for as long as the
  /// connection lives. A scan that has no index to go by is given a cost for which the database
  /// would compile the plan, which takes longer than any of our statements.
  private static final String SESSION =
      "-c idle_in_transaction_session_timeout=15s -c enable_seqscan=off -c jit=off";

  private static final String UNPROMISED = SESSION + " -c synchronous_commit=off";

  private final DatabaseUrl url;
  private @Nullable HikariDataSource unpromised;

  ConnectionPool(DatabaseUrl url, int connections) {
    super(config(url, connections, SESSION));
    this.url = url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return Unpromised.isOn() ? unpromised().getConnection() : super.getConnection();
  }

  /// Opened when it is first wanted, which most installations never do.
  private synchronized HikariDataSource unpromised() {
    if (unpromised == null) {
      HikariConfig config = config(url, getMaximumPoolSize(), UNPROMISED);
      config.setPoolName("database-unpromised");
      config.setMinimumIdle(0);
      config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
      unpromised = new HikariDataSource(config);
    }
    return unpromised;
  }

  @Override
  public synchronized void close() {
    if (unpromised != null) {
      unpromised.close();
    }
    super.close();
  }

  private static HikariConfig config(DatabaseUrl url, int connections, String session) {
    var config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setPoolName("database");
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(Math.min(2, connections));
    config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
    config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
    config.addDataSourceProperty("ApplicationName", "evergreen");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("hostRecheckSeconds", "1"); // a standby may become the primary
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("options", session);
    return config;
  }
}
