package dev.evergreen.server.platform;

import dev.evergreen.server.platform.DataTable.Erasing;
import dev.evergreen.server.platform.DataTable.Rows;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where personal data is, over all modules: each table says which of its rows are about whom and
/// what becomes of them. Giving out and erasing follow the map, so that neither can forget a table.
@Component
public final class DataMap {
  private final List<PersonalData> modules;
  private final JdbcClient jdbc;
  private final LedgerErasing ledger;
  private final Set<String> plainWords;

  DataMap(List<PersonalData> modules, JdbcClient jdbc, LedgerErasing ledger) {
    this.modules = List.copyOf(modules);
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.plainWords =
        modules.stream()
            .flatMap(module -> module.plainWords().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Somebody or something as the map finds it.
  ///
  /// @param names addresses and numbers; empty unless it is a person
  public record Whose(Subject subject, List<String> names) {
    public Whose {
      names = List.copyOf(names);
    }
  }

  /// Every table, those that refer to others first.
  public List<DataTable> tables() {
    return modules.stream().flatMap(module -> module.tables().stream()).toList();
  }

  /// The subject, and everything that is about the same person because of it.
  public List<Subject> closure(Subject subject) {
    var found = new LinkedHashSet<Subject>();
    var open = new ArrayDeque<>(List.of(subject));
    while (!open.isEmpty()) {
      var next = open.removeFirst();
      if (found.add(next)) {
        modules.forEach(module -> open.addAll(module.below(next)));
      }
    }
    return List.copyOf(found);
  }

  /// Of what is said of something, what says nothing about a person: numbers and words of our own.
  public Map<String, Object> plain(Map<String, Object> data) {
    return LedgerErasing.plain(data, plainWords);
  }

  public List<String> namesOf(Subject subject) {
    return modules.stream().flatMap(module -> module.namesOf(subject).stream()).toList();
  }

  Optional<Instant> bornAt(Subject subject) {
    return modules.stream().flatMap(module -> module.bornAt(subject).stream()).findFirst();
  }

  /// How many rows of each table are about it; tables without any are left out.
  public Map<String, Long> counts(List<Whose> all) {
    var counts = new LinkedHashMap<String, Long>();
    for (Whose whose : all) {
      each(
          whose,
          (table, rows) -> {
            long count =
                jdbc.sql(
                        "select count(*) from %s where %s"
                            .formatted(table.table(), rows.condition()))
                    .params(parameters(whose))
                    .query(Long.class)
                    .single();
            if (count > 0) {
              counts.merge(table.table(), count, Long::sum);
            }
          });
    }
    return counts;
  }

  /// A row as it is given out.
  ///
  /// @param file what it names; null when it names none
  record Row(String table, String json, @Nullable Long file) {}

  /// The rows that are about it.
  List<Row> rows(Whose whose) {
    var found = new ArrayList<Row>();
    each(
        whose,
        (table, rows) ->
            jdbc.sql(
                    "select to_jsonb(%1$s) - cast(:hidden as text[]) as json, %2$s as file from %1$s where %3$s"
                        .formatted(
                            table.table(),
                            rows.file().isEmpty() ? "null::bigint" : rows.file(),
                            rows.condition()))
                .params(parameters(whose))
                .param("hidden", table.hidden().toArray(String[]::new))
                .query((row, _) ->
                    new Row(
                        table.table(), row.getString("json"), row.getObject("file", Long.class)))
                .list()
                .forEach(found::add));
    return found;
  }

  /// Erases what is about it, in the caller's transaction.
  ///
  /// @return how many rows of each table were taken out, emptied or rewritten
  Map<String, Long> erase(Whose whose, Actor by) {
    var counts = new LinkedHashMap<String, Long>();
    modules.forEach(module -> module.beforeErasing(whose.subject(), by));
    var files = new ArrayList<Long>();
    each(
        whose,
        (table, rows) -> {
          long count =
              switch (rows.erasing()) {
                case Erasing.Deleted _ -> delete(table, rows, whose, files);
                case Erasing.Emptied(String set) ->
                    jdbc.sql(
                            "update %s set %s where %s"
                                .formatted(table.table(), set, rows.condition()))
                        .params(parameters(whose))
                        .update();
                case Erasing.Rewritten _ -> 0;
              };
          if (count > 0) {
            counts.merge(table.table(), count, Long::sum);
          }
        });
    long entries = ledger.erase(whose.subject(), plainWords);
    if (entries > 0) {
      counts.merge("ledger", entries, Long::sum);
    }
    long unused = deleteUnused(files);
    if (unused > 0) {
      counts.merge("file", unused, Long::sum);
    }
    return counts;
  }

  private long delete(DataTable table, Rows rows, Whose whose, List<Long> files) {
    var deleting = "delete from %s where %s".formatted(table.table(), rows.condition());
    var statement =
        jdbc.sql(rows.file().isEmpty() ? deleting : deleting + " returning " + rows.file());
    if (rows.file().isEmpty()) {
      return statement.params(parameters(whose)).update();
    }
    var named =
        statement
            .params(parameters(whose))
            .query((row, _) -> Optional.ofNullable(row.getObject(1, Long.class)))
            .list();
    named.forEach(file -> file.ifPresent(files::add));
    return named.size();
  }

  /// A file may stand in several places, such as on a ticket and in the letter that it went out
  /// with: it goes with the last of them.
  private long deleteUnused(List<Long> files) {
    if (files.isEmpty()) {
      return 0;
    }
    var places =
        tables().stream()
            .flatMap(table ->
                table.rows().stream()
                    .filter(rows -> !rows.file().isEmpty())
                    .map(rows ->
                        "not exists (select from %1$s where %1$s.%2$s = file.id)"
                            .formatted(table.table(), rows.file())))
            .distinct()
            .collect(Collectors.joining(" and "));
    return jdbc.sql("delete from file where id = any(:files) and " + places)
        .param("files", files.toArray(Long[]::new))
        .update();
  }

  private void each(Whose whose, BiConsumer<DataTable, Rows> use) {
    for (DataTable table : tables()) {
      table.rows().stream()
          .filter(rows -> isAbout(rows.kind(), whose))
          .forEach(rows -> use.accept(table, rows));
    }
  }

  private static boolean isAbout(String kind, Whose whose) {
    return kind.equals(Rows.ANY)
        || kind.equals(whose.subject().kind())
        || (kind.equals(Rows.PERSON) && !whose.names().isEmpty());
  }

  private static Map<String, Object> parameters(Whose whose) {
    return Map.of(
        "kind",
        whose.subject().kind(),
        "id",
        whose.subject().id(),
        "names",
        whose.names().toArray(String[]::new));
  }
}
