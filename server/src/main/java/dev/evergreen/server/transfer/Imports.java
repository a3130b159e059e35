package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// The imports that people asked for on the page. One is done in the background by whichever node
/// takes it up, and goes on after a crash ([ImportWork]).
@Component
public class Imports {
  static final String DUE = "import.run";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final Due due;
  private final DatabaseClock clock;
  private final AuditTrail audit;
  private final Files files;

  Imports(JdbcClient jdbc, Due due, DatabaseClock clock, AuditTrail audit, Files files) {
    this.jdbc = jdbc;
    this.due = due;
    this.clock = clock;
    this.audit = audit;
    this.files = files;
  }

  /// A file that was given, stored already.
  public record Given(FileId file, String name) {}

  static Subject subject(long id) {
    return new Subject("import", id);
  }

  /// Begins by looking only: what would become of it is told before anything is written.
  @Transactional
  public long look(Format format, String source, List<Given> given, Agent by) {
    long id =
        jdbc.sql(
                """
                insert into import (source, format, names, dry, agent_id, made_at)
                values (:source, :format, :names, true, :agent, :now)
                returning id
                """)
            .param("source", source)
            .param("format", format.key())
            .param("names", given.stream().map(Given::name).toArray(String[]::new))
            .param("agent", by.id().value())
            .param("now", now())
            .query(Long.class)
            .single();
    for (int i = 0; i < given.size(); i++) {
      jdbc.sql(
              """
              insert into import_file (import_id, position, file_id, name)
              values (:import, :position, :file, :name)
              """)
          .param("import", id)
          .param("position", i)
          .param("file", given.get(i).file().value())
          .param("name", given.get(i).name())
          .update();
    }
    due.set(DUE, "" + id, clock.instant(), Map.of());
    return id;
  }

  /// Takes over what was looked at, or looks again.
  ///
  /// @param chosen our words by `aspect:word` of theirs
  /// @return false when it is going already, or its files are gone
  @Transactional
  public boolean begin(long id, Map<String, String> chosen, boolean dry, Agent by) {
    var begun =
        jdbc.sql(
                """
                update import
                set
                  state = 'waiting',
                  dry = :dry,
                  chosen = cast(:chosen as json),
                  agent_id = :agent,
                  ended_at = null
                where id = :id
                  and state not in ('waiting', 'going')
                  and exists (select from import_file where import_id = :id)
                returning source
                """)
            .param("id", id)
            .param("dry", dry)
            .param("chosen", MAPPER.writeValueAsString(chosen))
            .param("agent", by.id().value())
            .query((row, _) -> row.getString("source"))
            .optional();
    begun.ifPresent(source -> {
      due.set(DUE, "" + id, clock.instant(), Map.of());
      if (!dry) {
        record(id, "import.begun", by.actor(), Map.of("source", source));
      }
    });
    return begun.isPresent();
  }

  /// Ends it after the batch in hand; what was taken stays.
  @Transactional
  public void stop(long id) {
    jdbc.sql(
            """
            update import set state = 'stopped', ended_at = :now
            where id = :id and state in ('waiting', 'going')
            """)
        .param("id", id)
        .param("now", now())
        .update();
  }

  /// Forgets the files that were given for it.
  @Transactional
  public void drop(long id) {
    jdbc.sql("delete from import_file where import_id = :id returning file_id")
        .param("id", id)
        .query((row, _) -> new FileId(row.getLong("file_id")))
        .list()
        .forEach(files::delete);
  }

  /// Empties what it has told of an export: names and addresses that did not fit. What was counted
  /// stays. One that is under way is left alone; it ends once more.
  @Transactional
  public void forget(long id) {
    jdbc.sql(
            """
            update import
            set report = (report::jsonb || '{"findings": [], "failure": ""}')::json
            where id = :id
              and state not in ('waiting', 'going')
              and json_array_length(report -> 'findings') > 0
            """)
        .param("id", id)
        .update();
  }

  public List<Import> newest(int most) {
    return jdbc.sql("select * from import order by id desc limit :most")
        .param("most", most)
        .query(Imports::read)
        .list();
  }

  public Optional<Import> withId(long id) {
    return jdbc.sql("select * from import where id = :id")
        .param("id", id)
        .query(Imports::read)
        .optional();
  }

  public boolean hasFiles(long id) {
    return jdbc.sql("select exists (select from import_file where import_id = :id)")
        .param("id", id)
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  List<Given> files(long id) {
    return jdbc.sql("select file_id, name from import_file where import_id = :id order by position")
        .param("id", id)
        .query((row, _) -> new Given(new FileId(row.getLong("file_id")), row.getString("name")))
        .list();
  }

  /// What whoever asked chose, and who that was.
  record Asked(Map<String, String> chosen, @Nullable Long agent) {}

  @SuppressWarnings("unchecked")
  Asked asked(long id) {
    return jdbc.sql("select chosen, agent_id from import where id = :id")
        .param("id", id)
        .query((row, _) ->
            new Asked(
                (Map<String, String>) MAPPER.readValue(row.getString("chosen"), Map.class),
                row.getObject("agent_id", Long.class)))
        .single();
  }

  /// Says how far it is, and that somebody is at it. False when it is to end.
  @Transactional
  public boolean tell(long id, Import.Report report) {
    int told =
        jdbc.sql(
                """
                update import set state = 'going', report = cast(:report as json)
                where id = :id and state in ('waiting', 'going')
                """)
            .param("id", id)
            .param("report", MAPPER.writeValueAsString(report))
            .update();
    if (told > 0) {
      due.set(DUE, "" + id, clock.instant().plus(ImportWork.ABANDONED), Map.of());
    }
    return told > 0;
  }

  @Transactional
  public void end(long id, Import.State state, Import.Report report, Actor by) {
    jdbc.sql(
            """
            update import
            set state = :state, report = cast(:report as json), ended_at = coalesce(ended_at, :now)
            where id = :id
            """)
        .param("id", id)
        .param("state", state.key())
        .param("report", MAPPER.writeValueAsString(report))
        .param("now", now())
        .update();
    due.clear(DUE, "" + id);
    due.set(ImportForgetting.DUE, "" + id, clock.instant().plus(ImportForgetting.AFTER), Map.of());
    var ended = withId(id).orElseThrow();
    if (!ended.dry()) {
      record(
          id,
          "import.ended",
          by,
          Map.of("source", ended.source(), "taken", report.numbers().taken()));
    }
  }

  private void record(long id, String kind, Actor by, Map<String, Object> data) {
    long revision =
        jdbc.sql("update import set revision = revision + 1 where id = :id returning revision")
            .param("id", id)
            .query(Long.class)
            .single();
    audit.append(subject(id), revision, kind, by, data);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Import read(ResultSet row, int number) throws SQLException {
    var report = row.getString("report");
    var ended = row.getObject("ended_at", OffsetDateTime.class);
    return new Import(
        row.getLong("id"),
        row.getString("source"),
        Format.of(row.getString("format")).orElseThrow(),
        List.of((String[]) row.getArray("names").getArray()),
        row.getBoolean("dry"),
        Import.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        report.equals("{}") ? Import.Report.NONE : MAPPER.readValue(report, Import.Report.class),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
