package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The workflows and all their versions. New runs start on the newest version; a run stays on its
/// own, so several are in use at once.
@Component
public class Workflows {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private record Stored(long id, int number, String name, String text, Instant publishedAt) {}

  private record Known(List<Version> versions, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  private final JdbcClient database;
  private final Ledger ledger;
  private final DatabaseClock clock;
  private final Catalogue catalogue;
  private final Map<Long, Version> compiled = new ConcurrentHashMap<>();
  private volatile @Nullable Known known;

  Workflows(JdbcClient database, Ledger ledger, DatabaseClock clock, Catalogue catalogue) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
    this.catalogue = catalogue;
  }

  /// What came of publishing a text.
  public sealed interface Publication {
    /// A new version is in force.
    record Published(Version version) implements Publication {}

    /// This text was a version before; nothing changed.
    record AlreadyThere(Version version) implements Publication {}

    /// The text has errors.
    record Unusable(List<Finding> findings) implements Publication {
      public Unusable {
        findings = List.copyOf(findings);
      }
    }
  }

  /// The newest version of each workflow, by name. Another node's publication shows after a second.
  public List<Version> current() {
    Known now = known;
    if (now != null && now.isFresh()) {
      return now.versions();
    }
    List<Version> versions =
        database
            .sql(
                """
                select distinct on (name) id, number, name, text, published_at
                from workflow_version
                order by name, number desc
                """)
            .query(Workflows::read)
            .list()
            .stream()
            .map(this::compile)
            .toList();
    known = new Known(versions, System.nanoTime());
    return versions;
  }

  /// The newest version of the workflow of that name.
  public Optional<Version> withName(String name) {
    return current().stream().filter(version -> version.name().equals(name)).findAny();
  }

  /// All versions of a workflow, newest first.
  public List<Version> versionsOf(String name) {
    return database
        .sql(
            """
            select id, number, name, text, published_at
            from workflow_version
            where name = :name
            order by number desc
            """)
        .param("name", name)
        .query(Workflows::read)
        .list()
        .stream()
        .map(this::compile)
        .toList();
  }

  /// Puts a text in force as the next version of its workflow, unless it was one before. Nodes that
  /// publish the same text at once make one version of it.
  ///
  /// @param file what findings call the text
  @Transactional
  public Publication publish(String file, String text, Actor by) {
    Checked checked = WorkflowFiles.read(file, text, catalogue);
    WorkflowFile workflow = checked.workflow();
    if (workflow == null) {
      return new Publication.Unusable(checked.findings());
    }
    String name = workflow.definition().name();
    String hash = hash(text);
    database.sql("lock table workflow_version in share row exclusive mode").update();
    Optional<Stored> before =
        database
            .sql(
                """
                select id, number, name, text, published_at
                from workflow_version
                where name = :name and hash = :hash
                """)
            .param("name", name)
            .param("hash", hash)
            .query(Workflows::read)
            .optional();
    if (before.isPresent()) {
      return new Publication.AlreadyThere(compile(before.get()));
    }
    Version version = compile(insert(name, hash, text));
    ledger.append(
        new Subject("workflow", version.id()),
        1,
        "workflow.published",
        by,
        Map.of("workflow", name, "version", version.definition().version()));
    known = null;
    return new Publication.Published(version);
  }

  /// The compiled version behind a row that a run refers to.
  Version withId(long id) {
    Version version = compiled.get(id);
    return version != null
        ? version
        : compile(
            database
                .sql(
                    """
                    select id, number, name, text, published_at
                    from workflow_version
                    where id = :id
                    """)
                .param("id", id)
                .query(Workflows::read)
                .single());
  }

  private Stored insert(String name, String hash, String text) {
    return database
        .sql(
            """
            insert into workflow_version (name, number, hash, text, published_at)
            select :name, coalesce(max(number), 0) + 1, :hash, :text, :now
            from workflow_version
            where name = :name
            returning id, number, name, text, published_at
            """)
        .param("name", name)
        .param("hash", hash)
        .param("text", text)
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .query(Workflows::read)
        .single();
  }

  private Version compile(Stored stored) {
    return compiled.computeIfAbsent(
        stored.id(),
        _ -> {
          Checked checked = WorkflowFiles.read(stored.name(), stored.text(), catalogue);
          WorkflowFile workflow = checked.workflow();
          if (workflow == null) {
            throw new IllegalStateException(
                "expected version %d of %s to compile as it did when it was published, but: %s"
                    .formatted(stored.number(), stored.name(), checked.findings()));
          }
          return new Version(
              stored.id(), workflow.atVersion(stored.number()), stored.publishedAt());
        });
  }

  private static Stored read(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getLong("id"),
        row.getInt("number"),
        row.getString("name"),
        row.getString("text"),
        row.getObject("published_at", OffsetDateTime.class).toInstant());
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to have SHA-256", e);
    }
  }
}
