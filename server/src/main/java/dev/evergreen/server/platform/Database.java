package dev.evergreen.server.platform;

import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.nio.file.Path;
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
    var pool = new ConnectionPool(address.url(), connections);
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
}
