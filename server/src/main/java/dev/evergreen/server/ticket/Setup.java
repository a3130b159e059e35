package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What a team sets about its tickets changes one thing at a time, each with an entry in the
/// ledger; what is kept of it is read anew then.
@Component
final class Setup {
  private static final Subject SUBJECT = new Subject("ticket-setup", 1);

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final List<Kept<?>> kept = new CopyOnWriteArrayList<>();

  Setup(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  /// Something of the setup, to be read all the time.
  <T> Kept<T> kept(Supplier<T> stored) {
    var part = new Kept<>(stored);
    kept.add(part);
    return part;
  }

  /// Waits until nobody else changes a setting.
  void lock() {
    jdbc.sql("select revision from ticket_setup where id = 1 for update")
        .query((row, _) -> row.getLong(1))
        .single();
  }

  void record(String kind, Actor by, Map<String, Object> data) {
    var revision =
        jdbc.sql("update ticket_setup set revision = revision + 1 where id = 1 returning revision")
            .query((row, _) -> row.getLong(1))
            .single();
    ledger.append(SUBJECT, revision, kind, by, data);
    kept.forEach(Kept::changed);
  }
}
