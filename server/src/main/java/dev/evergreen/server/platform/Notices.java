package dev.evergreen.server.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Passes hints on to other nodes and takes theirs, by NOTIFY and LISTEN. A notice inside a
/// transaction would take a global lock at its commit, so one is sent for many, apart from them.
@Component
final class Notices {
  private static final String CHANNEL = "evergreen";
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final int LISTEN_MILLIS = 500;

  private final DataSource database;
  private final JdbcClient jdbc;
  private final String node = UUID.randomUUID().toString();
  private volatile boolean wanted;

  Notices(DataSource database, JdbcClient jdbc) {
    this.database = database;
    this.jdbc = jdbc;
  }

  /// Remembers that the others should know; [#send] tells them.
  void want() {
    wanted = true;
  }

  /// Tells the other nodes once what was wanted since the last time, and waits a moment so that the
  /// next notice serves many.
  Duration send() {
    if (!wanted) {
      return Duration.ofSeconds(1);
    }
    wanted = false;
    tell();
    sleep();
    return Duration.ZERO;
  }

  /// Nobody waits for the disk: a notice that a crash takes away was only a hint.
  private void tell() {
    jdbc.sql(
            """
            select set_config('synchronous_commit', 'off', true), pg_notify(:channel, :node)
            """)
        .param("channel", CHANNEL)
        .param("node", node)
        .query((_, _) -> 1)
        .list();
  }

  /// Listens on a connection of its own, as long as it is to go on and the connection holds.
  Duration listen(Runnable heard, BooleanSupplier goesOn) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
      var notices = connection.unwrap(PGConnection.class);
      while (goesOn.getAsBoolean()) {
        var received = notices.getNotifications(LISTEN_MILLIS);
        if (received != null && Arrays.stream(received).anyMatch(this::isFromAnother)) {
          heard.run();
        }
      }
      statement.execute("unlisten *");
      return Duration.ZERO;
    } catch (SQLException e) {
      throw new UncategorizedSQLException("listening for notices", null, e);
    }
  }

  private boolean isFromAnother(PGNotification notice) {
    return !notice.getParameter().equals(node);
  }

  private static void sleep() {
    try {
      Thread.sleep(BETWEEN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
