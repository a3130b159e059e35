package dev.evergreen.server.platform;

import com.zaxxer.hikari.HikariDataSource;
import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// A fresh, migrated database for a test: a copy of a template on a real server that all tests of
/// the JVM share. The server's folder stays in `target`, so that later runs start in a second; the
/// template is made anew when a migration file changes.
public final class TestDatabase {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final int FOLDERS = 20;

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /// A new copy of the template. It goes away with the next run.
  public static TestDatabase create() {
    String name = "test_" + COUNTER.incrementAndGet();
    Shared.execute(
        "create database %s template %s owner %s"
            .formatted(name, Shared.TEMPLATE, Shared.SERVER.user()));
    return new TestDatabase(name);
  }

  /// The JDBC URL, with user and password in it.
  public String url() {
    return url(name);
  }

  /// A pool on this database; the test closes it.
  public HikariDataSource open(int connections) {
    return new ConnectionPool(DatabaseUrl.parse(url()), connections);
  }

  /// Ends every connection to this database, as a failing server would, and returns when they are
  /// gone.
  public void cutConnections() {
    Shared.execute(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '%s'"
            .formatted(name));
  }

  private static String url(String database) {
    return "%s&user=%s&password=%s"
        .formatted(Shared.SERVER.url(database), Shared.SERVER.user(), Shared.SERVER.password());
  }

  /// Gives the application of a Spring test its own database, a clock that may be moved, and no
  /// background work: the test says when that happens, with `work.settle`.
  public static final class Initializer
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "test database",
                  java.util.Map.of(
                      "evergreen.database-url", create().url(),
                      "evergreen.database-connections", "8",
                      "evergreen.data", TestFolder.of("test-data").toString(),
                      "evergreen.clock.movable", "true",
                      "evergreen.mail.in", "127.0.0.1:0",
                      "evergreen.background", "false")));
    }
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();
    static final String TEMPLATE = template();

    private static EmbeddedPostgres start() {
      var refused = new ArrayList<PostgresFailure>();
      for (int number = 1; number <= FOLDERS; number++) {
        try {
          Path folder = Path.of("target", "test-database-" + number);
          return EmbeddedPostgres.start(folder, words -> System.out.println("Database: " + words));
        } catch (PostgresFailure e) {
          refused.add(e); // another JVM of the same build uses that one
        }
      }
      throw refused.getFirst();
    }

    private static String template() {
      var migrations = new Migrations();
      String template = "template_" + migrations.hash().substring(0, 16);
      List<String> databases = databases();
      databases.stream()
          .filter(name -> name.startsWith("test_") || name.startsWith("unfinished_"))
          .forEach(name -> execute("drop database " + name + " with (force)"));
      if (!databases.contains(template)) {
        String unfinished = "unfinished_template";
        execute("create database %s owner %s".formatted(unfinished, SERVER.user()));
        try (var pool = new ConnectionPool(DatabaseUrl.parse(url(unfinished)), 4)) {
          migrations.run(pool);
        }
        execute("alter database %s rename to %s".formatted(unfinished, template));
      }
      return template;
    }

    private static List<String> databases() {
      try (Connection connection = SERVER.administrator();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select datname from pg_database")) {
        var names = new ArrayList<String>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    static void execute(String sql) {
      try (Connection connection = SERVER.administrator();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
