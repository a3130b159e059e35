package dev.evergreen.server.platform;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Transactions that end with their last statement, and whose failures say what failed. When the
/// connection is lost there is nothing left to roll back; trying to would put a failure about that
/// in the place of the one that tells that the connection was lost.
final class DatabaseTransactions extends JdbcTransactionManager {
  private final DataSource database;
  private final LastWrites last;

  DatabaseTransactions(DataSource database, LastWrites last) {
    super(database);
    this.database = database;
    this.last = last;
  }

  /// The driver knows when the last statement has committed, and then sends nothing more.
  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    last.commit();
    super.doCommit(status);
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    if (!isLost()) {
      super.doRollback(status);
    }
  }

  private boolean isLost() {
    try {
      return TransactionSynchronizationManager.getResource(database)
              instanceof ConnectionHolder holder
          && holder.getConnection().isClosed();
    } catch (SQLException _) {
      return true;
    }
  }
}
