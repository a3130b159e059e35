package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
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
/// own, so several are in use at once. A retired workflow starts no more runs.
@Component
public class Workflows {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private record Stored(
      long id, int number, String name, String text, Version.Publishing publishing) {}

  private record Known(List<Version> versions, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  private final JdbcClient database;
  private final WorkflowRows rows;
  private final DatabaseClock clock;
  private final Catalogue catalogue;
  private final Processes processes;
  private final Teams teams;
  private final Map<Long, Version> compiled = new ConcurrentHashMap<>();
  private volatile @Nullable Known known;

  Workflows(
      JdbcClient database,
      WorkflowRows rows,
      DatabaseClock clock,
      Catalogue catalogue,
      Processes processes,
      Teams teams) {
    this.database = database;
    this.rows = rows;
    this.clock = clock;
    this.catalogue = catalogue;
    this.processes = processes;
    this.teams = teams;
  }

  /// What came of publishing a text.
  public sealed interface Publication {
    /// A new version is in force.
    record Published(Version version) implements Publication {}

    /// This text was a version before; nothing changed.
    record AlreadyThere(Version version) implements Publication {}

    /// People here have published a version of their own, or retired it: their word stays.
    record Kept(Version version) implements Publication {}

    /// The text has errors.
    record Unusable(List<Finding> findings) implements Publication {
      public Unusable {
        findings = List.copyOf(findings);
      }
    }
  }

  /// The newest version of each workflow that is not retired, by name. Another node's publication
  /// shows after a second.
  public List<Version> current() {
    Known now = known;
    if (now != null && now.isFresh()) {
      return now.versions();
    }
    List<Version> versions =
        database
            .sql(
                """
                select distinct on (version.name) version.*
                from workflow_version version
                join workflow on workflow.id = version.workflow
                where workflow.retired_at is null
                order by version.name, version.number desc
                """)
            .query(Workflows::read)
            .list()
            .stream()
            .map(this::compile)
            .toList();
    known = new Known(versions, System.nanoTime());
    return versions;
  }

  /// The version of that name on which new runs start.
  public Optional<Version> withName(String name) {
    return current().stream().filter(version -> version.name().equals(name)).findAny();
  }

  /// The newest version of that name, in force or retired.
  public Optional<Version> newest(String name) {
    return database
        .sql("select * from workflow_version where name = :name order by number desc limit 1")
        .param("name", name)
        .query(Workflows::read)
        .optional()
        .map(this::compile);
  }

  public Optional<Version> withNumber(String name, int number) {
    return database
        .sql("select * from workflow_version where name = :name and number = :number")
        .param("name", name)
        .param("number", number)
        .query(Workflows::read)
        .optional()
        .map(this::compile);
  }

  /// All versions of a workflow, newest first.
  public List<Version> versionsOf(String name) {
    return database
        .sql("select * from workflow_version where name = :name order by number desc")
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
    return publish(file, text, by, false);
  }

  /// The same with a text that came with the program: it never replaces what people have published.
  @Transactional
  Publication publishShipped(String file, String text) {
    return publish(file, text, Actor.SYSTEM, true);
  }

  private Publication publish(String file, String text, Actor by, boolean shipped) {
    // Shipped files come one by one: what one of them calls may not be in force yet.
    Checked checked = shipped ? WorkflowFiles.read(file, text, catalogue) : check(file, text);
    WorkflowFile workflow = checked.workflow();
    if (workflow == null) {
      return new Publication.Unusable(checked.findings());
    }
    String name = workflow.definition().name();
    WorkflowRows.Locked locked = rows.lockOrMake(name);
    Optional<Version> before = withText(name, text);
    if (before.isPresent()) {
      return new Publication.AlreadyThere(before.get());
    }
    Optional<Version> newest = newest(name);
    if (shipped
        && newest.isPresent()
        && (locked.retired() || newest.get().publishing().byPerson())) {
      return new Publication.Kept(newest.get());
    }
    var publishing =
        new Version.Publishing(clock.instant(), by.name(), by.kind().equals("agent"), "");
    return new Publication.Published(publish(locked, text, publishing, by));
  }

  /// Puts a checked text in force under the lock of its workflow's row.
  Version publish(
      WorkflowRows.Locked workflow, String text, Version.Publishing publishing, Actor by) {
    Version version = compile(insert(workflow, text, publishing));
    rows.retire(workflow, null);
    rows.happened(workflow, "workflow.published", by, Map.of("version", version.number()));
    known = null;
    return version;
  }

  /// From now on the workflow starts no runs; those under way go on to their end.
  @Transactional
  public Outcome<Version> retire(String name, Agent by) {
    return setRetired(name, true, by);
  }

  /// The workflow starts runs again, on its newest version.
  @Transactional
  public Outcome<Version> restore(String name, Agent by) {
    return setRetired(name, false, by);
  }

  private Outcome<Version> setRetired(String name, boolean retired, Agent by) {
    Optional<WorkflowRows.Locked> locked = Editors.include(by) ? rows.lock(name) : Optional.empty();
    Optional<Version> newest = locked.isEmpty() ? Optional.empty() : newest(name);
    if (locked.isEmpty() || newest.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no workflow “" + name + "” in force.");
    }
    if (locked.get().retired() != retired) {
      rows.retire(locked.get(), retired ? clock.instant() : null);
      rows.happened(
          locked.get(),
          retired ? "workflow.retired" : "workflow.restored",
          by.actor(),
          Map.of("version", newest.get().number()));
      known = null;
    }
    return Outcome.accepted(newest.get());
  }

  /// What the checks say of a text, beside the workflows in force and the processes.
  ///
  /// @param file what findings call it
  public Checked check(String file, String text) {
    return WorkflowFiles.read(
            List.of(new WorkflowFiles.Source(file, text)),
            catalogue,
            new WorkflowFiles.Known(
                current().stream().map(Version::file).toList(),
                processes.all(),
                teams.all().stream().map(Team::key).toList()))
        .getFirst();
  }

  /// The compiled version behind a row that a run refers to.
  Version withId(long id) {
    Version version = compiled.get(id);
    return version != null
        ? version
        : compile(
            database
                .sql("select * from workflow_version where id = :id")
                .param("id", id)
                .query(Workflows::read)
                .single());
  }

  /// The newest version with exactly this text.
  private Optional<Version> withText(String name, String text) {
    return database
        .sql(
            """
            select *
            from workflow_version
            where name = :name and hash = :hash
            order by number desc
            limit 1
            """)
        .param("name", name)
        .param("hash", hash(text))
        .query(Workflows::read)
        .optional()
        .map(this::compile);
  }

  private Stored insert(WorkflowRows.Locked workflow, String text, Version.Publishing publishing) {
    return database
        .sql(
            """
            insert into workflow_version (
              workflow, name, number, hash, text, published_at, published_by_name, by_person, note
            )
            select
              :workflow, :name, coalesce(max(number), 0) + 1, :hash, :text, :at, :by, :byPerson,
              :note
            from workflow_version
            where name = :name
            returning *
            """)
        .param("workflow", workflow.id())
        .param("name", workflow.name())
        .param("hash", hash(text))
        .param("text", text)
        .param("at", RunRows.timestamp(publishing.at()))
        .param("by", publishing.by())
        .param("byPerson", publishing.byPerson())
        .param("note", publishing.note())
        .query(Workflows::read)
        .single();
  }

  /// A stored text was checked beside its neighbors when it was published. Here it is read alone:
  /// those it calls may be compiled because of it, and have other versions by now.
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
          return new Version(stored.id(), workflow.atVersion(stored.number()), stored.publishing());
        });
  }

  private static Stored read(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getLong("id"),
        row.getInt("number"),
        row.getString("name"),
        row.getString("text"),
        new Version.Publishing(
            row.getObject("published_at", OffsetDateTime.class).toInstant(),
            row.getString("published_by_name"),
            row.getBoolean("by_person"),
            row.getString("note")));
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
