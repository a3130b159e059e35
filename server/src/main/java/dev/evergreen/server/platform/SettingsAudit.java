package dev.evergreen.server.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Writes to the audit log what becomes of settings, whoever changes them and on whichever page: by
/// looking at them before and after. What they were before is kept in the database meanwhile, so
/// that nothing is left out when the node is lost in between. Two who change settings at the same
/// time each have their own changes, as long as they do not end at the same moment.
@Component
public class SettingsAudit {
  private static final TypeReference<TreeMap<String, Map<String, Object>>> ROWS =
      new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LOST = Duration.ofMinutes(1);
  private static final int LONGEST = 500;
  private static final String BETWEEN = " ";

  private final JdbcClient jdbc;
  private final AuditTrail trail;
  private final AuditDetails details;
  private final Map<String, SettingsTable> tables = new TreeMap<>();

  SettingsAudit(
      JdbcClient jdbc,
      AuditTrail trail,
      AuditDetails details,
      ObjectProvider<SettingsTable.Named> modules) {
    this.jdbc = jdbc;
    this.trail = trail;
    this.details = details;
    modules
        .orderedStream()
        .flatMap(module -> module.tables().stream())
        .forEach(table -> tables.put(table.table(), table));
  }

  /// All tables whose changes are written down.
  public List<SettingsTable> tables() {
    return List.copyOf(tables.values());
  }

  /// Somebody is about to change settings.
  ///
  /// @return what [#end] is told when they have, or have not
  @Transactional
  public long begin(Actor by) {
    endLost();
    return jdbc.sql(
            """
            insert into settings_change (agent, agent_name, before)
            values (:agent, :name, cast(:before as jsonb))
            returning id
            """)
        .param("agent", Objects.requireNonNullElse(by.id(), 0L))
        .param("name", by.name())
        .param("before", JSON.writeValueAsString(now()))
        .query(Long.class)
        .single();
  }

  /// Writes down what has become of the settings since.
  @Transactional
  public void end(long change) {
    var open = open();
    open.stream().filter(one -> one.id() == change).findFirst().ifPresent(one -> end(one, open));
  }

  private void endLost() {
    var open = open();
    open.stream().filter(Open::isLost).forEach(one -> end(one, open));
  }

  private record Open(
      long id, Actor by, TreeMap<String, Map<String, Object>> before, boolean isLost) {}

  /// All that are being changed, under their locks.
  private List<Open> open() {
    return jdbc.sql(
            """
            select
              id, agent, agent_name, before,
              begun_at < now() - :lost * interval '1 second' as is_lost
            from settings_change
            order by id
            for update
            """)
        .param("lost", LOST.toSeconds())
        .query((row, _) ->
            new Open(
                row.getLong("id"),
                Actor.agent(row.getLong("agent"), row.getString("agent_name")),
                JSON.readValue(row.getString("before"), ROWS),
                row.getBoolean("is_lost")))
        .list();
  }

  /// What this one has done is not looked for with the others.
  private void end(Open change, List<Open> open) {
    var after = now();
    var keys = new TreeSet<>(change.before().keySet());
    keys.addAll(after.keySet());
    int number = 0;
    for (String key : keys) {
      var was = change.before().get(key);
      var is = after.get(key);
      if (!Objects.equals(was, is)) {
        append(change, ++number, key, was, is);
        for (Open other : open) {
          if (is == null) {
            other.before().remove(key);
          } else {
            other.before().put(key, is);
          }
        }
      }
    }
    jdbc.sql("delete from settings_change where id = :id").param("id", change.id()).update();
    if (number > 0) {
      open.stream().filter(other -> other.id() != change.id()).forEach(this::keep);
    }
  }

  private void keep(Open other) {
    jdbc.sql("update settings_change set before = cast(:before as jsonb) where id = :id")
        .param("before", JSON.writeValueAsString(other.before()))
        .param("id", other.id())
        .update();
  }

  private void append(
      Open change,
      int number,
      String key,
      @Nullable Map<String, Object> was,
      @Nullable Map<String, Object> is) {
    var parts = key.split(BETWEEN, 2);
    var data = new TreeMap<String, Object>(details.keep(words(was, is)));
    data.put("table", parts[0]);
    data.put("called", table(parts[0]).called());
    data.put("key", parts[1]);
    data.put("change", was == null ? "added" : is == null ? "removed" : "changed");
    trail.append(new Subject("setting", change.id()), number, "setting.changed", change.by(), data);
  }

  /// Each column that is another one, before and after.
  private static String words(@Nullable Map<String, Object> was, @Nullable Map<String, Object> is) {
    var columns = new TreeSet<String>();
    var before = was == null ? Map.<String, Object>of() : was;
    var after = is == null ? Map.<String, Object>of() : is;
    columns.addAll(before.keySet());
    columns.addAll(after.keySet());
    var words = new ArrayList<String>();
    for (String column : columns) {
      var one = shown(before.get(column));
      var other = shown(after.get(column));
      if (!one.equals(other)) {
        words.add(
            was == null
                ? "%s: “%s”".formatted(column, other)
                : is == null
                    ? "%s: “%s”".formatted(column, one)
                    : "%s: “%s” → “%s”".formatted(column, one, other));
      }
    }
    return String.join("\n", words);
  }

  private static String shown(@Nullable Object value) {
    var text =
        value == null ? "" : value instanceof String it ? it : JSON.writeValueAsString(value);
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /// All settings as they are, each by its table and key.
  private SortedMap<String, Map<String, Object>> now() {
    var rows = new TreeMap<String, Map<String, Object>>();
    for (var table : tables.values()) {
      jdbc.sql(
              "select to_jsonb(%1$s) - cast(:left as text[]) as json from %1$s"
                  .formatted(table.table()))
          .param("left", table.left().toArray(String[]::new))
          .query((row, _) -> JSON.readValue(row.getString("json"), Map.class))
          .list()
          .forEach(row -> rows.put(key(table, row), readable(row)));
    }
    return rows;
  }

  private static String key(SettingsTable table, Map<?, ?> row) {
    return table.table()
        + BETWEEN
        + String.join(
            ", ", table.key().stream().map(name -> String.valueOf(row.get(name))).toList());
  }

  /// What is binary is a secret or its hash.
  private static Map<String, Object> readable(Map<?, ?> row) {
    var readable = new TreeMap<String, Object>();
    row.forEach((name, value) -> {
      if (value != null && !(value instanceof String text && text.startsWith("\\x"))) {
        readable.put(String.valueOf(name), value);
      }
    });
    return readable;
  }

  private SettingsTable table(String name) {
    return Objects.requireNonNull(tables.get(name));
  }
}
