package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The categories and outcomes that a team keeps. One is retired, never deleted: tickets that have
/// it keep it, and workflows that name it go on.
@Component
public class Codes {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TOLD = 20_000;

  private final JdbcClient jdbc;
  private final Setup setup;
  private final DatabaseClock clock;
  private final Kept<List<Code>> codes;

  Codes(JdbcClient jdbc, Setup setup, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.setup = setup;
    this.clock = clock;
    this.codes = setup.kept(this::stored);
  }

  /// Retired ones too, in the team's order.
  public List<Code> of(Code.List list) {
    return codes.get().stream().filter(code -> code.list() == list).toList();
  }

  private List<Code> stored() {
    return jdbc.sql("select * from ticket_code order by position, key").query(Codes::read).list();
  }

  public Optional<Code> withKey(Code.List list, String key) {
    return jdbc.sql("select * from ticket_code where list = :list and key = :key")
        .param("list", list.key())
        .param("key", key)
        .query(Codes::read)
        .optional();
  }

  @Transactional
  public Outcome<Code> add(Code.List list, String key, String name, String told, Actor by) {
    setup.lock();
    if (!KEY.matcher(key).matches()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected a key of small letters, digits and hyphens, such as no-fix, but found “"
              + key
              + "”.");
    }
    return named(name, told)
        .fold(
            clean ->
                jdbc.sql(
                        """
                        insert into ticket_code (list, key, name, told, position)
                        select :list, :key, :name, nullif(:told, ''), coalesce(max(position), 0) + 1
                        from ticket_code
                        where list = :list
                        on conflict (list, key) do nothing
                        returning *
                        """)
                    .param("list", list.key())
                    .param("key", key)
                    .param("name", clean)
                    .param("told", told.strip())
                    .query(Codes::read)
                    .optional()
                    .map(added -> recorded(added, "added", by))
                    .orElseGet(() ->
                        Outcome.rejected(
                            Reason.TAKEN, "There is already one with the key “" + key + "”.")),
            refused -> Outcome.rejected(refused.reason(), refused.detail()));
  }

  @Transactional
  public Outcome<Code> change(
      Code.List list, String key, String name, String told, int position, Actor by) {
    setup.lock();
    return named(name, told)
        .fold(
            clean ->
                jdbc.sql(
                        """
                        update ticket_code
                        set name = :name, told = nullif(:told, ''), position = :position
                        where list = :list and key = :key
                        returning *
                        """)
                    .param("list", list.key())
                    .param("key", key)
                    .param("name", clean)
                    .param("told", told.strip())
                    .param("position", position)
                    .query(Codes::read)
                    .optional()
                    .map(changed -> recorded(changed, "changed", by))
                    .orElseGet(() -> unknown(key)),
            refused -> Outcome.rejected(refused.reason(), refused.detail()));
  }

  /// Takes it out of what can be chosen, or puts it back.
  @Transactional
  public Outcome<Code> retire(Code.List list, String key, boolean retired, Actor by) {
    setup.lock();
    return jdbc.sql(
            """
            update ticket_code
            set retired_at = case when :retired then cast(:now as timestamptz) end
            where list = :list and key = :key
            returning *
            """)
        .param("list", list.key())
        .param("key", key)
        .param("retired", retired)
        .param("now", TicketRows.stored(clock.instant()))
        .query(Codes::read)
        .optional()
        .map(changed -> recorded(changed, retired ? "retired" : "restored", by))
        .orElseGet(() -> unknown(key));
  }

  private static Outcome<String> named(String name, String told) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME || name.contains("\0")) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a name of 1 to 80 letters, but found “" + name.strip() + "”.");
    }
    return told.length() > LONGEST_TOLD || told.contains("\0")
        ? Outcome.rejected(Reason.INVALID, "Expected at most 20,000 letters to tell the customer.")
        : Outcome.accepted(name.strip());
  }

  private Outcome<Code> recorded(Code code, String what, Actor by) {
    setup.record("ticket-" + code.list().key() + "." + what, by, Map.of("key", code.key()));
    return Outcome.accepted(code);
  }

  private static Outcome<Code> unknown(String key) {
    return Outcome.rejected(Reason.UNKNOWN, "There is none with the key “" + key + "”.");
  }

  private static Code read(ResultSet row, int number) throws SQLException {
    return new Code(
        Code.List.of(row.getString("list")),
        row.getString("key"),
        row.getString("name"),
        row.getString("told"),
        row.getInt("position"),
        row.getObject("retired_at") != null);
  }
}
