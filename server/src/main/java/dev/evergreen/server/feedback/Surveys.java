package dev.evergreen.server.feedback;

import dev.evergreen.language.Call;
import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The surveys. A ticket gets one at most, so that nobody is asked twice about the same thing; its
/// answer may be changed until it expires.
@Component
public class Surveys {
  private static final String TEXT = "survey";
  private static final Duration GOOD_FOR = Duration.ofDays(30);
  private static final int LONGEST_COMMENT = 5_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final Correspondence correspondence;
  private final Tickets tickets;
  private final Customers customers;
  private final DatabaseClock clock;
  private final String publicUrl;

  Surveys(
      JdbcClient jdbc,
      Correspondence correspondence,
      Tickets tickets,
      Customers customers,
      DatabaseClock clock,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    this.jdbc = jdbc;
    this.correspondence = correspondence;
    this.tickets = tickets;
    this.customers = customers;
    this.clock = clock;
    this.publicUrl = publicUrl.replaceAll("/+$", "");
  }

  /// Asks the ticket's customer; false when they were asked before, or when a machine may not write
  /// to them now.
  @Transactional
  public boolean ask(TicketId ticket, Call call) {
    var token = randomToken();
    var now = clock.instant();
    if (!insert(ticket, token, now)) {
      return false;
    }
    if (!correspondence.send(ticket, TEXT, Map.of("links", links(token)), call)) {
      jdbc.sql("delete from survey where ticket_id = :ticket")
          .param("ticket", ticket.value())
          .update();
      return false;
    }
    tickets.record(ticket, "feedback.survey-sent", Actor.SYSTEM, Map.of());
    return true;
  }

  private boolean insert(TicketId ticket, String token, Instant now) {
    return jdbc.sql(
                """
                insert into survey (ticket_id, token_hash, asked_at, expires_at)
                values (:ticket, :hash, :now, :end)
                on conflict (ticket_id) do nothing
                """)
            .param("ticket", ticket.value())
            .param("hash", hash(token))
            .param("now", stored(now))
            .param("end", stored(now.plus(GOOD_FOR)))
            .update()
        == 1;
  }

  private Map<String, Object> links(String token) {
    var links = new HashMap<String, Object>();
    for (int score = 1; score <= 5; score++) {
      links.put("score" + score, publicUrl + "/survey/" + token + "?score=" + score);
    }
    return links;
  }

  /// The survey that a link leads to; empty when the link is wrong or too old.
  public Optional<Survey> withToken(String token) {
    return jdbc.sql("select * from survey where token_hash = :hash and expires_at > :now")
        .param("hash", hash(token))
        .param("now", stored(clock.instant()))
        .query(Surveys::read)
        .optional();
  }

  /// The ticket's survey, for those who may see the ticket.
  public Optional<Survey> of(TicketId ticket) {
    return jdbc.sql("select * from survey where ticket_id = :ticket")
        .param("ticket", ticket.value())
        .query(Surveys::read)
        .optional();
  }

  /// Keeps the customer's answer, in place of an earlier one. The same answer again is no event.
  @Transactional
  public Outcome<Survey> answer(String token, int score, String comment) {
    var text = comment.replace("\0", "").strip();
    if (score < 1 || score > 5) {
      return Outcome.rejected(Reason.INVALID, "Choose a score from 1 to 5.");
    }
    if (text.length() > LONGEST_COMMENT) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at most 5,000 letters, but found " + text.length() + ".");
    }
    var before = locked(token);
    if (before.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "This link is no longer good.");
    }
    var known = before.get().answer();
    if (known != null && known.score() == score && known.comment().equals(text)) {
      return Outcome.accepted(before.get());
    }
    return Outcome.accepted(keep(before.get(), score, text));
  }

  private Survey keep(Survey survey, int score, String comment) {
    var answered =
        jdbc.sql(
                """
                update survey set score = :score, comment = :comment, answered_at = :now
                where ticket_id = :ticket
                returning *
                """)
            .param("score", score)
            .param("comment", comment)
            .param("now", stored(clock.instant()))
            .param("ticket", survey.ticket().value())
            .query(Surveys::read)
            .single();
    tickets.record(
        survey.ticket(),
        "feedback.survey-answered",
        customerOf(survey.ticket()),
        Map.of("score", score));
    return answered;
  }

  /// The link proves only that somebody reads the customer's mail; in our books that is them.
  private Actor customerOf(TicketId id) {
    return tickets
        .withId(id)
        .map(Ticket::customer)
        .flatMap(customers::withId)
        .map(Customer::actor)
        .orElseThrow(() ->
            new IllegalStateException("expected a customer of ticket " + id + ", found none"));
  }

  private Optional<Survey> locked(String token) {
    return jdbc.sql(
            """
            select * from survey
            where token_hash = :hash and expires_at > :now
            for no key update
            """)
        .param("hash", hash(token))
        .param("now", stored(clock.instant()))
        .query(Surveys::read)
        .optional();
  }

  private static Survey read(ResultSet row, int number) throws SQLException {
    return new Survey(
        new TicketId(row.getLong("ticket_id")),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        answer(row));
  }

  private static Survey.@Nullable Answer answer(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime at = row.getObject("answered_at", OffsetDateTime.class);
    return at == null
        ? null
        : new Survey.Answer(row.getInt("score"), row.getString("comment"), at.toInstant());
  }

  private static String randomToken() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 in every Java runtime", e);
    }
  }

  private static OffsetDateTime stored(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
