package dev.evergreen.server.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/// Work that nobody is told of before it is all done, such as a demo's past: its transactions do
/// not wait for the disk. A crash may undo the newest of them, never a part of one; the first
/// transaction of any other work that commits after them makes them all last.
public final class Unpromised {
  private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

  private Unpromised() {}

  public static <T> T of(Supplier<T> work) {
    return ScopedValue.where(ON, true).call(work::get);
  }

  /// The same work on another thread, in the way of the present one.
  public static Runnable carried(Runnable work) {
    return ON.isBound() ? () -> ScopedValue.where(ON, true).run(work) : work;
  }

  @Configuration(proxyBeanMethods = false)
  static class Transactions {
    @Bean
    JdbcTransactionManager transactionManager(DataSource database) {
      return new JdbcTransactionManager(database) {
        @Override
        protected void prepareTransactionalConnection(
            Connection connection, TransactionDefinition definition) throws SQLException {
          super.prepareTransactionalConnection(connection, definition);
          if (ON.isBound()) {
            try (Statement statement = connection.createStatement()) {
              statement.execute("set local synchronous_commit to off");
            }
          }
        }
      };
    }
  }
}
