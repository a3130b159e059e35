package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The team's canned responses. A text is checked when it is saved, so that none fails when an
/// agent needs it.
@Component
public class CannedResponses {
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TEXT = 20_000;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final TicketTexts texts;

  CannedResponses(JdbcClient jdbc, Ledger ledger, TicketTexts texts) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.texts = texts;
  }

  public List<CannedResponse> all() {
    return jdbc.sql("select * from canned_response order by name")
        .query(CannedResponses::read)
        .list();
  }

  /// All of them, filled in for an agent who is about to write on a ticket.
  public List<CannedResponse> filledIn(TicketId ticket, Agent agent) {
    var values = texts.values(ticket, agent);
    return all().stream()
        .map(response ->
            new CannedResponse(
                response.id(),
                response.name(),
                texts.filledIn(response.text(), values),
                response.revision()))
        .toList();
  }

  @Transactional
  public Outcome<CannedResponse> add(String name, String text, Actor by) {
    var objection = objection(name, text);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    return jdbc.sql(
            """
            insert into canned_response (name, text) values (:name, :text)
            on conflict (name) do nothing
            returning *
            """)
        .param("name", name.strip())
        .param("text", text)
        .query(CannedResponses::read)
        .optional()
        .map(added -> recorded(added, "canned-response.added", by))
        .orElseGet(() -> taken(name));
  }

  @Transactional
  public Outcome<CannedResponse> change(CannedResponse wanted, Actor by) {
    var objection = objection(wanted.name(), wanted.text());
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    return jdbc.sql(
            """
            update canned_response
            set name = :name, text = :text, revision = revision + 1
            where id = :id
              and revision = :revision
              and not exists (
                select from canned_response as other
                where other.name = :name and other.id <> :id)
            returning *
            """)
        .param("name", wanted.name().strip())
        .param("text", wanted.text())
        .param("id", wanted.id())
        .param("revision", wanted.revision())
        .query(CannedResponses::read)
        .optional()
        .map(changed -> recorded(changed, "canned-response.changed", by))
        .orElseGet(() -> isTakenFrom(wanted) ? taken(wanted.name()) : outdated());
  }

  private boolean isTakenFrom(CannedResponse wanted) {
    return jdbc.sql("select exists (select from canned_response where name = :name and id <> :id)")
        .param("name", wanted.name().strip())
        .param("id", wanted.id())
        .query(Boolean.class)
        .single();
  }

  @Transactional
  public Outcome<CannedResponse> remove(long id, long revision, Actor by) {
    return jdbc.sql(
            "delete from canned_response where id = :id and revision = :revision returning *")
        .param("id", id)
        .param("revision", revision)
        .query(CannedResponses::read)
        .optional()
        .map(removed -> recorded(removed, "canned-response.removed", by))
        .orElseGet(CannedResponses::outdated);
  }

  private Optional<String> objection(String name, String text) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME || name.contains("\0")) {
      return Optional.of("Expected a name of 1 to " + LONGEST_NAME + " letters.");
    }
    if (text.isBlank() || text.length() > LONGEST_TEXT || text.contains("\0")) {
      return Optional.of("Expected a text of 1 to 20,000 letters.");
    }
    return texts.objection(text);
  }

  private Outcome<CannedResponse> recorded(CannedResponse response, String kind, Actor by) {
    ledger.append(
        new Subject("canned-response", response.id()),
        response.revision(),
        kind,
        by,
        Map.of("name", response.name()));
    return Outcome.accepted(response);
  }

  private static Outcome<CannedResponse> taken(String name) {
    return Outcome.rejected(
        Reason.TAKEN, "There is already a canned response called “" + name.strip() + "”.");
  }

  private static Outcome<CannedResponse> outdated() {
    return Outcome.rejected(
        Reason.OUTDATED,
        "Somebody changed or removed this canned response meanwhile; look at it again.");
  }

  private static CannedResponse read(ResultSet row, int number) throws SQLException {
    return new CannedResponse(
        row.getLong("id"), row.getString("name"), row.getString("text"), row.getLong("revision"));
  }
}
