package dev.evergreen.server.platform;

import dev.evergreen.server.platform.Erasures.Cause;
import dev.evergreen.server.platform.postgres.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who was erased, kept outside the database by each node, in the file `erasures.log` of its data
/// folder: a number and when it was given, no name. When an older state of the database is put
/// back, the people who were erased since are there again; a node that starts finds them by its
/// file and erases them once more.
@Component
final class ErasureLog implements LedgerListener {
  private static final Logger log = LoggerFactory.getLogger(ErasureLog.class);
  private static final Pattern LINE = Pattern.compile("([a-z][a-z-]*:\\d{1,18}) (\\S{1,40})");

  private final Path file;
  private final JdbcClient jdbc;
  private final Erasures erasures;
  private final DataMap map;

  ErasureLog(
      @Value("${evergreen.data:data}") Path data, JdbcClient jdbc, Erasures erasures, DataMap map) {
    this.file = data.resolve("erasures.log");
    this.jdbc = jdbc;
    this.erasures = erasures;
    this.map = map;
  }

  /// A person's number, and when they got it: after a restore another may have the number.
  private record Erased(Subject subject, Instant bornAt) {
    static List<Erased> parse(String line) {
      var found = LINE.matcher(line.strip());
      return found.matches()
          ? List.of(new Erased(Subject.parse(found.group(1)), Instant.parse(found.group(2))))
          : List.of();
    }

    @Override
    public String toString() {
      return subject + " " + bornAt;
    }
  }

  @Override
  public void seen(Ledger.Entry entry) {
    if (entry.kind().equals("erasure.done")
        && !Cause.RETENTION.key().equals(entry.data().get("cause"))
        && entry.data().get("of") instanceof String subject
        && entry.data().get("born") instanceof String born) {
      add(Set.of(new Erased(Subject.parse(subject), Instant.parse(born))));
    }
  }

  /// Brings file and database together: the file gets what it does not know, and who is in the file
  /// and yet here is erased again.
  @EventListener(ApplicationReadyEvent.class)
  void compare() {
    var known = stored();
    for (Erased erased : known) {
      if (map.bornAt(erased.subject()).filter(erased.bornAt()::equals).isPresent()) {
        log.warn("{} had been erased and is here again; it is erased once more.", erased.subject());
        var _ = erasures.begin(erased.subject(), Cause.RESTORED, Actor.SYSTEM);
      }
    }
    var missing = new LinkedHashSet<>(done());
    missing.removeAll(known);
    add(missing);
  }

  private List<Erased> done() {
    return jdbc.sql(
            """
            select subject_kind, subject_id, born_at from erasure
            where done_at is not null and cause <> 'retention'
            order by done_at desc, id desc
            """)
        .query((row, _) ->
            new Erased(
                new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
                row.getObject("born_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private Set<Erased> stored() {
    try {
      var known = new LinkedHashSet<Erased>();
      if (Files.exists(file)) {
        Files.readAllLines(file).forEach(line -> known.addAll(Erased.parse(line)));
      }
      return known;
    } catch (IOException e) {
      throw new PostgresFailure("Expected to read " + file + ", but: " + e.getMessage() + ".", e);
    }
  }

  private synchronized void add(Set<Erased> more) {
    if (more.isEmpty()) {
      return;
    }
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, OwnerOnly.FILE);
      }
      Files.write(file, more.stream().map(Erased::toString).toList(), StandardOpenOption.APPEND);
    } catch (IOException e) {
      log.warn("What was erased could not be written down in {}", file, e);
    }
  }
}
