package dev.evergreen.server.channel;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Sealer;
import dev.evergreen.server.platform.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The mailboxes that we read, their passwords (encrypted), and which of their mails we have. One
/// node reads a mailbox at a time, for a term; a mail is taken over only while the term holds, so a
/// node that was paused past its term changes nothing when it wakes.
@Component
public class Mailboxes {
  private final JdbcClient database;
  private final InstantSource clock;
  private final Secrets secrets;
  private final MailIntake intake;
  private final OwnAddresses own;

  Mailboxes(
      JdbcClient database,
      InstantSource clock,
      Secrets secrets,
      MailIntake intake,
      OwnAddresses own) {
    this.database = database;
    this.clock = clock;
    this.secrets = secrets;
    this.intake = intake;
    this.own = own;
  }

  /// The right of one node to read a mailbox, until it ends or somebody has a later one.
  public record Term(Mailbox mailbox, long number) {}

  public List<Mailbox> all() {
    return database
        .sql("select * from mailbox order by address")
        .query((row, _) -> read(row))
        .list();
  }

  @Transactional
  public Outcome<Mailbox> add(String address, Mailbox.Server server, String password) {
    var parsed = EmailAddress.parse(address);
    if (parsed.isEmpty()) {
      return Outcome.rejected(
          Outcome.Reason.INVALID,
          "Expected an e-mail address such as help@example.com, but found “" + address + "”.");
    }
    if (server.host().isBlank() || server.port() < 1 || server.port() > 65535) {
      return Outcome.rejected(
          Outcome.Reason.INVALID, "Expected a host and a port from 1 to 65535.");
    }
    try {
      Mailbox added = insert(parsed.get(), server, password);
      own.refresh();
      return Outcome.accepted(added);
    } catch (DuplicateKeyException _) {
      return Outcome.rejected(Outcome.Reason.TAKEN, parsed.get() + " is read already.");
    }
  }

  private Mailbox insert(EmailAddress address, Mailbox.Server server, String password) {
    return database
        .sql(
            """
            insert into mailbox
              (address, host, port, security, username, password, folder, created_at)
            values
              (:address, :host, :port, :security, :username, :password, :folder, :now)
            returning *
            """)
        .param("address", address.toString())
        .param("host", server.host().strip())
        .param("port", server.port())
        .param("security", server.security().name().toLowerCase(Locale.ROOT))
        .param("username", server.username().strip())
        .param("password", encrypt(password))
        .param("folder", server.folder().isBlank() ? "INBOX" : server.folder().strip())
        .param("now", now())
        .query((row, _) -> read(row))
        .single();
  }

  /// Stops reading the mailbox and forgets it; mails that were taken over stay.
  @Transactional
  public void remove(MailboxId id) {
    database.sql("delete from mailbox where id = :id").param("id", id.value()).update();
    own.refresh();
  }

  public String passwordOf(MailboxId id) {
    return database
        .sql("select password from mailbox where id = :id")
        .param("id", id.value())
        .query((row, _) -> decrypt(row.getBytes("password")))
        .single();
  }

  /// Takes every mailbox that nobody reads now, each for a new term.
  @Transactional
  public List<Term> take(Duration length) {
    return database
        .sql(
            """
            update mailbox set term = term + 1, held_until = :until
            where id in (
              select id from mailbox
              where active and held_until < :now
              for update skip locked)
            returning *
            """)
        .param("now", now())
        .param("until", clock.instant().plus(length).atOffset(ZoneOffset.UTC))
        .query((row, _) -> new Term(read(row), row.getLong("term")))
        .list();
  }

  /// Makes a term longer; false when it was lost, or the mailbox removed.
  @Transactional
  public boolean keep(Term term, Duration length) {
    return database
            .sql(
                """
                update mailbox set held_until = :until
                where id = :id and term = :term and active
                """)
            .param("id", term.mailbox().id().value())
            .param("term", term.number())
            .param("until", clock.instant().plus(length).atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /// Gives a term up, so that another node need not wait for its end.
  @Transactional
  public void release(Term term) {
    keep(term, Duration.ofSeconds(-1));
  }

  /// The UIDs among these that we do not have.
  public Set<Long> missing(MailboxId id, long uidValidity, Set<Long> onServer) {
    var missing = new HashSet<>(onServer);
    database
        .sql(
            """
            select uid from fetched
            where mailbox = :mailbox and uid_validity = :validity
            """)
        .param("mailbox", id.value())
        .param("validity", uidValidity)
        .query(Long.class)
        .list()
        .forEach(missing::remove);
    return missing;
  }

  /// Takes a mail over: its place and its bytes in one transaction, if the term still holds; false
  /// when it does not.
  @Transactional
  public boolean takeOver(Term term, Envelope.Fetched place, InputStream raw) throws IOException {
    if (!holds(term)) {
      return false;
    }
    int added =
        database
            .sql(
                """
                insert into fetched (mailbox, uid_validity, uid)
                values (:mailbox, :validity, :uid)
                on conflict do nothing
                """)
            .param("mailbox", place.mailbox())
            .param("validity", place.uidValidity())
            .param("uid", place.uid())
            .update();
    if (added == 1) {
      String address = term.mailbox().address();
      intake.accept(raw, new Envelope(address, List.of(address), place));
    }
    return true;
  }

  private boolean holds(Term term) {
    return database
        .sql(
            """
            select true from mailbox
            where id = :id and term = :term and held_until > :now and active
            for update
            """)
        .param("id", term.mailbox().id().value())
        .param("term", term.number())
        .param("now", now())
        .query(Boolean.class)
        .optional()
        .isPresent();
  }

  /// Notes that the server was asked with success, and how many of its mails we do not have.
  @Transactional
  public void polled(Term term, long uidValidity, long behind) {
    database
        .sql(
            """
            update mailbox
            set polled_at = :now, uid_validity = :validity, behind = :behind, problem = ''
            where id = :id and term = :term
            """)
        .param("id", term.mailbox().id().value())
        .param("term", term.number())
        .param("now", now())
        .param("validity", uidValidity)
        .param("behind", behind)
        .update();
  }

  @Transactional
  public void failed(Term term, String problem) {
    database
        .sql("update mailbox set problem = :problem where id = :id and term = :term")
        .param("id", term.mailbox().id().value())
        .param("term", term.number())
        .param("problem", problem.length() > 500 ? problem.substring(0, 500) : problem)
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private byte[] encrypt(String password) {
    return sealer().seal(password.getBytes(StandardCharsets.UTF_8), "");
  }

  private String decrypt(byte[] stored) {
    return new String(sealer().open(stored, ""), StandardCharsets.UTF_8);
  }

  private Sealer sealer() {
    return secrets.sealer("mailbox-password");
  }

  private static Mailbox read(ResultSet row) throws SQLException {
    Instant polledAt =
        Optional.ofNullable(row.getObject("polled_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant)
            .orElse(null);
    return new Mailbox(
        new MailboxId(row.getLong("id")),
        row.getString("address"),
        new Mailbox.Server(
            row.getString("host"),
            row.getInt("port"),
            Mailbox.Security.valueOf(row.getString("security").toUpperCase(Locale.ROOT)),
            row.getString("username"),
            row.getString("folder")),
        row.getBoolean("active"),
        new Mailbox.Progress(polledAt, row.getLong("behind"), row.getString("problem")));
  }
}
