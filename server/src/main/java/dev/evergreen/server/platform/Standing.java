package dev.evergreen.server.platform;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How the installation itself stands: whether the database keeps what it acknowledges, how far the
/// readers of the ledger are behind, what could not be done.
@Component
public class Standing {
  private final JdbcClient jdbc;
  private final Database.Address address;
  private final Frontier frontier;

  Standing(JdbcClient jdbc, Database.Address address, Frontier frontier) {
    this.jdbc = jdbc;
    this.address = address;
    this.frontier = frontier;
  }

  /// @param version of PostgreSQL
  /// @param durability the settings that decide whether acknowledged writes survive, by name
  /// @param standbys how each standby is kept, such as `sync` or `async`
  public record Store(
      boolean isBuiltIn, String version, Map<String, String> durability, List<String> standbys) {
    public Store {
      durability = Map.copyOf(durability);
      standbys = List.copyOf(standbys);
    }
  }

  /// @param lag entries that it has not taken yet, at most
  /// @param faults entries that it could not take
  public record Reader(String name, long lag, long faults) {
    /// `workflow.triggers` as people read it: “Workflow triggers”.
    public String title() {
      return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('.', ' ');
    }
  }

  public Store store() {
    var settings = new java.util.TreeMap<>(DatabaseCheck.settings(jdbc));
    var version = settings.getOrDefault("server_version", "");
    settings.keySet().removeIf(name -> name.startsWith("server_"));
    var standbys =
        jdbc.sql("select sync_state from pg_stat_replication where sync_state is not null")
            .query((row, _) -> row.getString("sync_state"))
            .list();
    return new Store(address.server() != null, version, settings, standbys);
  }

  public List<Reader> readers() {
    return jdbc.sql(
            """
            select
              name,
              min(position) as position,
              (select count(*) from ledger_fault where reader = name) as faults
            from ledger_reader
            group by name
            order by name
            """)
        .query((row, _) ->
            new Reader(
                row.getString("name"),
                Math.max(0, frontier.settled() - row.getLong("position")),
                row.getLong("faults")))
        .list();
  }

  /// Due times that failed too often and wait for a person.
  public long faultyDueTimes() {
    return jdbc.sql("select count(*) from due where fault is not null").query(Long.class).single();
  }

  /// How many seconds the most overdue due time has waited.
  public double lateness() {
    return jdbc.sql(
            """
            select coalesce(extract(epoch from greatest(
              interval '0', now() + make_interval(secs => (
                select micros / 1000000.0 from clock_offset)) - min(at))), 0)
            from due
            where fault is null
            """)
        .query(Double.class)
        .single();
  }
}
