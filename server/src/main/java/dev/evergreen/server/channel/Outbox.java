package dev.evergreen.server.channel;

import dev.evergreen.server.channel.Letter.Attachment;
import dev.evergreen.server.channel.Letter.Content;
import dev.evergreen.server.channel.Letter.Correspondent;
import dev.evergreen.server.channel.Letter.OutboxId;
import dev.evergreen.server.platform.Bell;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Typed;
import dev.evergreen.server.ticket.side.SideId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What we owe: rows written in the transaction that made us owe them. Without a relay, and in a
/// demo, they are kept here at once and read on the built-in mailbox page.
@Component
public class Outbox {
  private final JdbcClient database;
  private final InstantSource clock;
  private final OwnAddresses own;
  private final ReplyTokens tokens;
  private final boolean relayed;
  private final Bell bell = new Bell();

  Outbox(
      JdbcClient database,
      InstantSource clock,
      OwnAddresses own,
      ReplyTokens tokens,
      MailProperties properties,
      @Value("${evergreen.demo:false}") boolean demo) {
    this.database = database;
    this.clock = clock;
    this.own = own;
    this.tokens = tokens;
    this.relayed = !properties.relay().isBlank() && !demo;
  }

  /// A letter that is being sent; the term fences whoever tried before.
  public record Sending(Letter letter, int attempts, long term) {}

  /// Whether letters leave the house.
  public boolean isRelayed() {
    return relayed;
  }

  /// Writes a letter down in the caller's transaction; empty when the effect has one already.
  Optional<OutboxId> put(
      Letter.About about,
      Correspondent to,
      String senderName,
      Content content,
      Letter.Threading thread,
      @Nullable String effect) {
    return put(about, new Addressed(to, senderName, null), content, thread, effect);
  }

  /// Who gets a letter, from whom, and with whom they share its words; null with nobody.
  record Addressed(Correspondent to, String senderName, Letter.@Nullable Share share) {}

  Optional<OutboxId> put(
      Letter.About about,
      Addressed addressed,
      Content content,
      Letter.Threading thread,
      @Nullable String effect) {
    Correspondent to = addressed.to();
    Letter.Share share = addressed.share();
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    Optional<OutboxId> id =
        database
            .sql(
                """
                insert into outbox
                  (ticket, side_conversation, recipient, recipient_name, sender_name, automatic,
                  subject, text, html, answers, chain, effect, queued_at, due_at, state, revision,
                  part)
                values
                  (:ticket, :side, :recipient, :name, :sender, :automatic, :subject, :text,
                  :html, :answers, :chain, :effect, :now, :now, :state,
                  :revision, :part)
                on conflict (effect) do nothing
                returning id
                """)
            .param("ticket", Typed.bigint(about.ticket()))
            .param("side", Typed.bigint(about.side()))
            .param("recipient", to.address().toString())
            .param("name", to.name())
            .param("sender", addressed.senderName())
            .param("revision", Typed.bigint(share == null ? null : share.revision()))
            .param("part", (share == null ? Letter.Part.TO : share.part()).key())
            .param("automatic", content.automatic())
            .param("subject", content.subject())
            .param("text", content.text())
            .param("html", Typed.text(content.html()))
            .param("answers", thread.answers())
            .param("chain", thread.chain().toArray(String[]::new))
            .param("effect", Typed.text(effect))
            .param("now", now)
            .param("state", relayed ? "waiting" : "kept")
            .query(Long.class)
            .optional()
            .map(OutboxId::new);
    id.ifPresent(stored -> attach(stored, content.attachments()));
    bell.ring();
    return id;
  }

  private void attach(OutboxId id, List<Attachment> attachments) {
    for (int i = 0; i < attachments.size(); i++) {
      database
          .sql(
              """
              insert into outbox_attachment (outbox, position, file, name, type, content_id)
              values (:outbox, :position, :file, :name, :type, :contentId)
              """)
          .param("outbox", id.value())
          .param("position", i)
          .param("file", attachments.get(i).file().value())
          .param("name", attachments.get(i).name())
          .param("type", attachments.get(i).type())
          .param("contentId", attachments.get(i).contentId())
          .update();
    }
  }

  /// The token in a letter's reply address and Message-ID.
  public String tokenOf(Letter letter) {
    var to = letter.to().address();
    Long side = letter.about().side();
    Long ticket = letter.ticket();
    return side == null
        ? tokens.issue(ticket == null ? 0 : ticket, to)
        : tokens.issueForSide(side, to);
  }

  /// The Message-ID, without its brackets: the same for every try.
  public String messageIdOf(Letter letter) {
    return letter.id().value() + "." + tokenOf(letter) + "@" + own.support().domain();
  }

  public String replyToOf(Letter letter) {
    return own.replyTo(tokenOf(letter));
  }

  /// The Message-IDs, without their brackets, of letters on a ticket to this address.
  List<String> messageIds(long ticket, EmailAddress recipient, List<Long> letters) {
    return letters.isEmpty() ? List.of() : messageIds(tokens.issue(ticket, recipient), letters);
  }

  /// The same of letters of a side conversation.
  List<String> messageIds(SideId side, EmailAddress recipient, List<Long> letters) {
    return letters.isEmpty()
        ? List.of()
        : messageIds(tokens.issueForSide(side.value(), recipient), letters);
  }

  private List<String> messageIds(String token, List<Long> letters) {
    String rest = "." + token + "@" + own.support().domain();
    return letters.stream().map(id -> id + rest).toList();
  }

  /// Takes up letters that are due, each under a new term.
  @Transactional
  public List<Sending> claim(int limit, Duration lease) {
    Instant now = clock.instant();
    return database
        .sql(
            """
            with chosen as materialized (
              select id from outbox
              where state = 'waiting' and due_at <= :now
              order by due_at, id
              limit :limit
              for update skip locked)
            update outbox
            set term = term + 1, attempts = attempts + 1, due_at = :until
            where id = any(array(select id from chosen))
            returning *
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("until", now.plus(lease).atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query((row, _) -> new Sending(read(row), row.getInt("attempts"), row.getLong("term")))
        .list()
        .stream()
        .map(sending -> new Sending(whole(sending.letter()), sending.attempts(), sending.term()))
        .toList();
  }

  /// Whether the term still holds; extends it, so that there is time to send.
  @Transactional
  public boolean extend(Sending sending, Duration lease) {
    return database
            .sql(
                """
                update outbox set due_at = :until
                where id = :id and term = :term and state = 'waiting'
                """)
            .param("id", sending.letter().id().value())
            .param("term", sending.term())
            .param("until", clock.instant().plus(lease).atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Transactional
  public void sent(Sending sending) {
    database
        .sql(
            """
            update outbox
            set
              state = 'sent',
              sent_at = :now,
              problem = '',
              subject = case when fleeting then '' else subject end,
              text = case when fleeting then '' else text end
            where id = :id and term = :term and state = 'waiting'
            """)
        .param("id", sending.letter().id().value())
        .param("term", sending.term())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  @Transactional
  public void later(Sending sending, String problem, Duration pause) {
    database
        .sql(
            """
            update outbox set due_at = :due, problem = :problem
            where id = :id and term = :term and state = 'waiting'
            """)
        .param("id", sending.letter().id().value())
        .param("term", sending.term())
        .param("due", clock.instant().plus(pause).atOffset(ZoneOffset.UTC))
        .param("problem", problem)
        .update();
  }

  /// Gives a letter up; true when this call did.
  boolean failed(Sending sending, String problem) {
    return database
            .sql(
                """
                update outbox
                set
                  state = 'failed',
                  problem = :problem,
                  subject = case when fleeting then '' else subject end,
                  text = case when fleeting then '' else text end
                where id = :id and term = :term and state = 'waiting'
                """)
            .param("id", sending.letter().id().value())
            .param("term", sending.term())
            .param("problem", problem)
            .update()
        == 1;
  }

  /// Marks a letter as returned; true the first time.
  boolean bounced(OutboxId id, String problem) {
    return database
            .sql(
                """
                update outbox set bounced_at = :now, problem = :problem
                where id = :id and bounced_at is null
                """)
            .param("id", id.value())
            .param("problem", problem)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  public Optional<Letter> withId(OutboxId id) {
    return database
        .sql("select * from outbox where id = :id")
        .param("id", id.value())
        .query((row, _) -> read(row))
        .optional()
        .map(this::whole);
  }

  /// The newest letters that were kept here, before the given one.
  public List<Letter> kept(long before, int limit) {
    return database
        .sql(
            """
            select * from outbox
            where state = 'kept' and id < :before
            order by id desc
            limit :limit
            """)
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Letters that were kept here after the given one, oldest first.
  public List<Letter> keptAfter(long after, int limit) {
    return database
        .sql(
            """
            select * from outbox
            where state = 'kept' and id > :after
            order by id
            limit :limit
            """)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// Waits for a letter to be written on this node, at most so long.
  public void awaitNews(Duration limit) throws InterruptedException {
    bell.await(limit);
  }

  private Letter whole(Letter letter) {
    List<Attachment> attachments =
        database
            .sql(
                """
                select file, name, type, content_id from outbox_attachment
                where outbox = :id
                order by position
                """)
            .param("id", letter.id().value())
            .query((row, _) ->
                new Attachment(
                    new FileId(row.getLong("file")),
                    row.getString("name"),
                    row.getString("type"),
                    row.getString("content_id")))
            .list();
    Content content = letter.content();
    return new Letter(
        letter.id(),
        letter.about(),
        letter.to(),
        heading(letter),
        new Content(
            content.subject(), content.text(), content.html(), attachments, content.automatic()),
        letter.thread(),
        letter.queuedAt());
  }

  /// Of several letters that say the same, each names those who got one, but for the hidden.
  private Letter.Heading heading(Letter letter) {
    record Other(Correspondent who, boolean copied) {}
    List<Other> others =
        database
            .sql(
                """
                select other.recipient, other.recipient_name, other.part
                from outbox as letter
                join outbox as other
                  on other.ticket = letter.ticket and other.revision = letter.revision
                where letter.id = :id and other.part in ('to', 'cc')
                order by other.id
                """)
            .param("id", letter.id().value())
            .query((row, _) -> new Other(recipient(row), row.getString("part").equals("cc")))
            .list();
    return new Letter.Heading(
        letter.senderName(),
        others.stream()
            .filter(other -> !other.copied())
            .map(Other::who)
            .findFirst()
            .orElseGet(letter::to),
        others.stream().filter(Other::copied).map(other -> other.who().address()).toList());
  }

  private static Correspondent recipient(ResultSet row) throws SQLException {
    return new Correspondent(
        EmailAddress.parse(row.getString("recipient")).orElseThrow(),
        row.getString("recipient_name"));
  }

  private static Letter read(ResultSet row) throws SQLException {
    Correspondent to = recipient(row);
    return new Letter(
        new OutboxId(row.getLong("id")),
        new Letter.About(
            row.getObject("ticket", Long.class), row.getObject("side_conversation", Long.class)),
        to,
        new Letter.Heading(row.getString("sender_name"), to, List.of()),
        new Content(
            row.getString("subject"),
            row.getString("text"),
            row.getString("html"),
            List.of(),
            row.getBoolean("automatic")),
        new Letter.Threading(
            row.getString("answers"), List.of((String[]) row.getArray("chain").getArray())),
        row.getObject("queued_at", OffsetDateTime.class).toInstant());
  }
}
