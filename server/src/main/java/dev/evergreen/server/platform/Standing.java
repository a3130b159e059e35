package dev.evergreen.server.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How the installation itself stands: whether the database keeps what it acknowledges, how far the
/// readers of the ledger are behind, what could not be done.
@Component
public class Standing {
  /// One of its standbys, or so many of them, must have a write before it is acknowledged.
  private static final Set<String> SYNCHRONOUS = Set.of("sync", "quorum");

  private final JdbcClient jdbc;
  private final Database.Address address;
  private final LedgerReading reading;

  Standing(JdbcClient jdbc, Database.Address address, LedgerReading reading) {
    this.jdbc = jdbc;
    this.address = address;
    this.reading = reading;
  }

  /// What is lost of the acknowledged writes when the database's machine is lost for good.
  public enum Loss {
    NOTHING,
    THE_LAST,
    EVERYTHING,
    /// There is a standby, and we may not see how it is kept.
    UNKNOWN
  }

  /// @param version of PostgreSQL
  /// @param durability the settings that decide whether acknowledged writes survive, by name
  /// @param standbys how each standby is kept, such as `sync` or `async`; empty when our role may
  ///   not see it
  public record Store(
      boolean isBuiltIn, String version, Map<String, String> durability, List<String> standbys) {
    public Store {
      durability = Map.copyOf(durability);
      standbys = List.copyOf(standbys);
    }

    public Loss loss() {
      if (standbys.isEmpty()) {
        return Loss.EVERYTHING;
      }
      if (standbys.stream().anyMatch(SYNCHRONOUS::contains)) {
        return "local".equals(durability.get("synchronous_commit")) ? Loss.THE_LAST : Loss.NOTHING;
      }
      return standbys.contains("") ? Loss.UNKNOWN : Loss.THE_LAST;
    }
  }

  /// @param lag entries that it wants and has not taken yet, as far as this node knows
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
        jdbc.sql("select coalesce(sync_state, '') as sync_state from pg_stat_replication")
            .query((row, _) -> row.getString("sync_state"))
            .list();
    return new Store(address.server() != null, version, settings, standbys);
  }

  public List<Reader> readers() {
    Map<String, Long> faults =
        jdbc
            .sql("select reader, count(*) as faults from ledger_fault group by reader")
            .query((row, _) -> Map.entry(row.getString("reader"), row.getLong("faults")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return reading.readers().stream()
        .map(reader ->
            new Reader(reader.name(), reader.waiting(), faults.getOrDefault(reader.name(), 0L)))
        .sorted(Comparator.comparing(Reader::name))
        .toList();
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
