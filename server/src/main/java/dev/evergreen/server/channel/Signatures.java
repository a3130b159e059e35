package dev.evergreen.server.channel;

import dev.evergreen.server.channel.mime.TextHtml;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.composing.TicketTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What stands under the answers of agents: the signature of the mailbox that the customer wrote
/// to, in the language of the answer. It is put under the letter and not into the message, so that
/// it is there once, however often an answer is taken back.
@Component
public class Signatures {
  private static final int LONGEST = 2_000;
  private static final String BEFORE = "\n\n-- \n";

  private final JdbcClient database;
  private final Ledger ledger;
  private final OwnAddresses own;
  private final Languages languages;
  private final TicketTexts texts;
  private final Teams teams;
  private final Settings settings;

  Signatures(
      JdbcClient database,
      Ledger ledger,
      OwnAddresses own,
      Languages languages,
      TicketTexts texts,
      Teams teams,
      Settings settings) {
    this.database = database;
    this.ledger = ledger;
    this.own = own;
    this.languages = languages;
    this.texts = texts;
    this.teams = teams;
    this.settings = settings;
  }

  /// The languages that there can be signatures for, by their codes.
  public static Map<String, String> languages() {
    return Languages.KNOWN;
  }

  public List<Signature> all() {
    return database
        .sql("select * from signature order by mailbox, language limit 200")
        .query(Signatures::read)
        .list();
  }

  /// The words with the signature under them, unless they end with it already.
  Written under(TicketId ticket, Written words, Agent by) {
    var signature = of(ticket, words.text(), by).orElse("");
    if (signature.isEmpty() || words.text().stripTrailing().endsWith(signature)) {
      return words;
    }
    String html = words.html();
    return new Written(
        words.text() + BEFORE + signature,
        html == null ? null : html + TextHtml.fragment("-- \n" + signature));
  }

  /// What would stand under these words; empty when nothing does.
  public Optional<String> of(TicketId ticket, String words, Agent by) {
    return database
        .sql(
            """
            select text from signature
            where mailbox in (
                '',
                coalesce(
                  (select arrival.mailbox from arrival
                    where arrival.ticket = :ticket and arrival.author <> ''
                    order by arrival.id desc
                    limit 1),
                  :support))
              and language in ('', :language)
            order by mailbox <> '' desc, language <> '' desc
            limit 1
            """)
        .param("ticket", ticket.value())
        .param("support", own.support().toString())
        .param("language", languages.of(words))
        .query((row, _) -> row.getString("text"))
        .optional()
        .map(text -> filledIn(text, by))
        .filter(text -> !text.isBlank());
  }

  /// A signature as it stands under what somebody writes.
  public String filledIn(String text, Agent by) {
    var team = teams.of(by.id()).stream().map(Team::name).findFirst().orElse("");
    return texts
        .filledIn(
            text,
            Map.of(
                "agent", Map.of("name", by.name(), "email", by.email()),
                "team", Map.of("name", team),
                "organization", Map.of("name", settings.get(Founding.ORGANIZATION_NAME))))
        .strip();
  }

  @Transactional
  public Outcome<Signature> add(Signature wanted, Agent by) {
    return checked(wanted)
        .then(signature ->
            database
                .sql(
                    """
                    insert into signature (mailbox, language, text)
                    values (:mailbox, :language, :text)
                    on conflict (mailbox, language) do nothing
                    returning *
                    """)
                .param("mailbox", signature.mailbox())
                .param("language", signature.language())
                .param("text", signature.text())
                .query(Signatures::read)
                .optional()
                .map(added -> recorded(added, "signature.added", by))
                .orElseGet(Signatures::taken));
  }

  @Transactional
  public Outcome<Signature> change(Signature wanted, Agent by) {
    try {
      return checked(wanted)
          .then(signature ->
              database
                  .sql(
                      """
                      update signature
                      set
                        mailbox = :mailbox,
                        language = :language,
                        text = :text,
                        revision = revision + 1
                      where id = :id and revision = :revision
                      returning *
                      """)
                  .param("id", signature.id())
                  .param("revision", signature.revision())
                  .param("mailbox", signature.mailbox())
                  .param("language", signature.language())
                  .param("text", signature.text())
                  .query(Signatures::read)
                  .optional()
                  .map(changed -> recorded(changed, "signature.changed", by))
                  .orElseGet(Signatures::outdated));
    } catch (DuplicateKeyException _) {
      return taken();
    }
  }

  @Transactional
  public Outcome<Signature> remove(long id, long revision, Agent by) {
    return database
        .sql("delete from signature where id = :id and revision = :revision returning *")
        .param("id", id)
        .param("revision", revision)
        .query(Signatures::read)
        .optional()
        .map(removed -> recorded(removed, "signature.removed", by))
        .orElseGet(Signatures::outdated);
  }

  private Outcome<Signature> checked(Signature wanted) {
    var text = wanted.text().replace("\r", "").strip();
    if (text.isEmpty() || text.length() > LONGEST || text.contains("\0")) {
      return Outcome.rejected(Reason.INVALID, "Expected a text of 1 to 2,000 letters.");
    }
    if (!wanted.language().isEmpty() && !Languages.KNOWN.containsKey(wanted.language())) {
      return Outcome.rejected(Reason.INVALID, "Expected a language of the list.");
    }
    if (!wanted.mailbox().isEmpty() && own.mailboxOf(wanted.mailbox()).isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected one of our own mailboxes, but found “" + wanted.mailbox() + "”.");
    }
    return texts
        .objection(text)
        .<Outcome<Signature>>map(objection -> Outcome.rejected(Reason.INVALID, objection))
        .orElseGet(() ->
            Outcome.accepted(
                new Signature(
                    wanted.id(), wanted.mailbox(), wanted.language(), text, wanted.revision())));
  }

  private Outcome<Signature> recorded(Signature signature, String kind, Agent by) {
    ledger.append(
        new Subject("signature", signature.id()),
        signature.revision(),
        kind,
        by.actor(),
        Map.of("mailbox", signature.mailbox(), "language", signature.language()));
    return Outcome.accepted(signature);
  }

  private static Outcome<Signature> taken() {
    return Outcome.rejected(
        Reason.TAKEN, "There is a signature for this mailbox and language already; change that.");
  }

  private static Outcome<Signature> outdated() {
    return Outcome.rejected(
        Reason.OUTDATED, "Somebody changed or removed this signature meanwhile; look at it again.");
  }

  private static Signature read(ResultSet row, int number) throws SQLException {
    return new Signature(
        row.getLong("id"),
        row.getString("mailbox"),
        row.getString("language"),
        row.getString("text"),
        row.getLong("revision"));
  }
}
