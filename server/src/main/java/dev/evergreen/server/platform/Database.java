package dev.evergreen.server.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionExecutionListener;

/// Opens the one store: the built-in server of the data folder, or the external one that
/// `evergreen.database-url` names. Whoever gets the data source finds it checked and migrated.
@Configuration(proxyBeanMethods = false)
class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /// Where the database is and who we are there. It owns the built-in server, so that the server
  /// stops after the pool.
  record Address(DatabaseUrl url, @Nullable EmbeddedPostgres server) implements AutoCloseable {
    @Override
    public void close() {
      if (server != null) {
        server.close();
      }
    }
  }

  @Bean
  Address databaseAddress(
      @Value("${evergreen.database-url:}") String url, @Value("${evergreen.data:data}") Path data) {
    if (!url.isBlank()) {
      return new Address(DatabaseUrl.parse(url.strip()), null);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.start(data, words -> log.info("Database: {}.", words));
    return new Address(new DatabaseUrl(server.url(), server.user(), server.password()), server);
  }

  @Bean
  HikariDataSource dataSource(
      Address address, @Value("${evergreen.database-connections:20}") int connections) {
    HikariDataSource pool = pool(address.url(), connections);
    try {
      DatabaseCheck.pass(pool);
      new Migrations().run(pool);
      return pool;
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Bean
  DatabaseTransactions transactions(
      DataSource dataSource, LastWrites last, List<TransactionExecutionListener> listeners) {
    var transactions = new DatabaseTransactions(dataSource, last);
    transactions.setTransactionExecutionListeners(listeners);
    return transactions;
  }

  /// A node that is paused in a transaction loses it, and with it the row locks it held and the
  /// ledger ids it drew, for which every reader waits.
  ///
  /// Every statement that is not rare finds its rows by an index. Plans are kept, and one that was
  /// made while a table was small and unknown would else read it from end to end for as long as the
  /// connection lives. A scan that has no index to go by is given a cost for which the database
  /// would compile the plan, which takes longer than any of our statements.
  private static final String SESSION =
      "-c idle_in_transaction_session_timeout=15s -c enable_seqscan=off -c jit=off";

  static HikariDataSource pool(DatabaseUrl url, int connections) {
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
    config.addDataSourceProperty("options", SESSION);
    return new HikariDataSource(config);
  }
}
