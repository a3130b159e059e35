package dev.evergreen.server.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes what is personal out of the ledger's entries about a subject: what happened, when and in
/// which order stays, and so do numbers and our own words; names of customers and whatever else was
/// said go. Entries of the audit log are under a seal and say nothing about customers: they are
/// never touched.
@Component
public final class LedgerErasing {
  /// What stands in the place of a customer's name.
  public static final String NAMELESS = "Erased customer";

  private final JdbcClient jdbc;
  private final Ledger ledger;

  LedgerErasing(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  /// @return how many entries had something personal
  int erase(Subject subject, Set<String> plainWords) {
    return rewrite(subject, entry -> plain(entry.data(), plainWords));
  }

  /// For entries whose data is a document that its module must read again: done before the others
  /// are erased, and so that erasing leaves it as it is then.
  public int rewrite(Subject subject, Function<Ledger.Entry, Map<String, Object>> data) {
    if (AuditTrail.SUBJECTS.contains(subject.kind())) {
      throw new IllegalArgumentException(
          "expected a subject outside of the audit log, but found " + subject);
    }
    ledger.flush();
    List<Ledger.Entry> entries =
        jdbc.sql("select * from ledger where subject_kind = :kind and subject_id = :id")
            .param("kind", subject.kind())
            .param("id", subject.id())
            .query(Ledger::entry)
            .list();
    int changed = 0;
    for (var entry : entries) {
      var name = entry.by().kind().equals("customer") ? NAMELESS : entry.by().name();
      var kept = data.apply(entry);
      if (!kept.equals(entry.data()) || !name.equals(entry.by().name())) {
        changed += write(entry, name, kept);
      }
    }
    return changed;
  }

  private int write(Ledger.Entry entry, String name, Map<String, Object> data) {
    return jdbc.sql(
            """
            update ledger set actor_name = :name, data = cast(:data as json)
            where id = :id and at = :at
            """)
        .param("id", entry.id())
        .param("at", Timestamps.of(entry.at()))
        .param("name", name)
        .param("data", Json.write(data))
        .update();
  }

  static Map<String, Object> plain(Map<String, Object> data, Set<String> words) {
    var kept = new HashMap<String, Object>();
    data.forEach((name, value) -> {
      boolean isPlain = value instanceof Number || value instanceof Boolean;
      if (isPlain || words.contains(name)) {
        kept.put(name, value);
      }
    });
    return kept;
  }
}
