package dev.evergreen.server.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.modulith.ApplicationModule;

/// Brings the schema to this program's version: the files of each module in
/// `db/migration/<module>`, with a history table per module, in the order of the modules'
/// `allowedDependencies`.
///
/// Spring Modulith's own support does the same, but computes the modules with ArchUnit at every
/// start; the annotations say as much in a millisecond. When the hash of all files is the one that
/// was stored after the last migration, Flyway is not even loaded.
final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final String MODULES = "dev.evergreen.server.";
  private static final long LOCK = 0x45766572677265L;

  private final TreeMap<String, List<Resource>> filesOfModules = new TreeMap<>();

  Migrations() {
    try {
      var files =
          Stream.of(
                  new PathMatchingResourcePatternResolver()
                      .getResources("classpath*:db/migration/*/*.sql"))
              .sorted(Comparator.comparing(Migrations::path))
              .toList();
      for (Resource file : files) {
        filesOfModules.merge(
            moduleOf(file),
            List.of(file),
            (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The hash of all migration files, by name and content.
  String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (var module : filesOfModules.entrySet()) {
        for (Resource file : module.getValue()) {
          digest.update(
              (module.getKey() + "/" + file.getFilename() + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(file.getContentAsByteArray());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }

  /// Migrates unless the stored hash is this program's. Nodes that start together take turns.
  void run(DataSource database) {
    String hash = hash();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      if (hash.equals(storedHash(statement))) {
        return;
      }
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
      try {
        if (!hash.equals(storedHash(statement))) {
          migrate(database);
          statement.execute(
              "create table if not exists schema_hash (id smallint primary key check (id = 1), hash text not null)");
          statement.execute(
              "insert into schema_hash (id, hash) values (1, '%s') on conflict (id) do update set hash = excluded.hash"
                  .formatted(hash));
        }
      } finally {
        statement.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("expected to migrate the database, but: " + e, e);
    }
  }

  private void migrate(DataSource database) {
    for (String module : inOrder()) {
      int done =
          Flyway.configure()
              .dataSource(database)
              .locations("classpath:db/migration/" + module)
              .table("flyway_schema_history_" + module)
              .baselineOnMigrate(true) // the schema is not empty after the first module
              .baselineVersion("0")
              .load()
              .migrate()
              .migrationsExecuted;
      log.info("Migrated the tables of {} ({} files).", module, done);
    }
  }

  /// Every module after those it depends on.
  private Set<String> inOrder() {
    var ordered = new LinkedHashSet<String>();
    filesOfModules.navigableKeySet().forEach(module -> addAfterDependencies(module, ordered));
    ordered.retainAll(filesOfModules.keySet());
    return ordered;
  }

  private static void addAfterDependencies(String module, Set<String> ordered) {
    if (!ordered.contains(module)) {
      dependenciesOf(module).forEach(lower -> addAfterDependencies(lower, ordered));
      ordered.add(module);
    }
  }

  private static List<String> dependenciesOf(String module) {
    try {
      var declared =
          Class.forName(MODULES + module + ".package-info").getAnnotation(ApplicationModule.class);
      return Stream.of(declared.allowedDependencies())
          .map(dependency -> dependency.split("::")[0].strip()) // "platform :: web" is part of it
          .toList();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "expected a module for the migrations of '%s', but there is none".formatted(module), e);
    }
  }

  private static String storedHash(Statement statement) throws SQLException {
    try (ResultSet table =
        statement.executeQuery("select to_regclass('schema_hash') is not null")) {
      table.next();
      if (!table.getBoolean(1)) {
        return "";
      }
    }
    try (ResultSet row = statement.executeQuery("select hash from schema_hash")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static String moduleOf(Resource file) {
    String[] parts = path(file).split("/");
    return parts[parts.length - 2];
  }

  private static String path(Resource file) {
    try {
      return file.getURL().getPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
