package dev.evergreen.server.workflow.webhook;

import static dev.evergreen.server.workflow.webhook.Webhooks.stored;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.workflow.webhook.Delivery.DeliveryId;
import dev.evergreen.server.workflow.webhook.Delivery.State;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What webhooks are told, kept for thirty days. Who shows or repeats it has found the webhook
/// through [Webhooks] before.
@Component
public class Deliveries {
  /// The kind of what is sent to see whether it arrives.
  static final String TRIAL = "webhook.trial";

  /// How long what is over can be looked at and sent again.
  static final Duration KEPT = Duration.ofDays(30);

  /// So many are sent again in one go.
  static final int MOST_AGAIN = 10_000;

  private final JdbcClient database;
  private final DatabaseClock clock;
  private final CloudEvents envelopes;
  private final WebhookOutbox outbox;

  Deliveries(
      JdbcClient database, DatabaseClock clock, CloudEvents envelopes, WebhookOutbox outbox) {
    this.database = database;
    this.clock = clock;
    this.envelopes = envelopes;
    this.outbox = outbox;
  }

  /// Writes down that a webhook is to be told of an entry, in the caller's transaction, and clears
  /// away a few that are too old. Whether it is told now or has missed it goes by what it is at
  /// this moment, not by what the caller knows of it: one that has just been switched off is told
  /// nothing.
  void queue(Webhook webhook, Ledger.Entry entry, String body) {
    Instant now = clock.instant();
    database
        .sql(
            """
            with old as (
              delete from webhook_delivery
              where id in (
                select id from webhook_delivery
                where asked_at < :old and due_at is null
                order by asked_at limit 20 for update skip locked))
            insert into webhook_delivery (
              webhook, entry, subject_kind, subject_id, kind, event, body, asked_at, due_at, state
            )
            select
              listening.id, :entry, :subjectKind, :subjectId, :kind, :event, :body, :now,
              case when listening.active then cast(:now as timestamptz) end,
              case when listening.active then 'waiting' else 'missed' end
            from (select id, active from webhook where id = :webhook for share) as listening
            on conflict (webhook, entry) do nothing
            """)
        .param("old", stored(now.minus(KEPT)))
        .param("webhook", webhook.id().value())
        .param("entry", entry.id())
        .param("subjectKind", entry.subject().kind())
        .param("subjectId", entry.subject().id())
        .param("kind", entry.kind())
        .param("event", String.valueOf(entry.id()))
        .param("body", body)
        .param("now", stored(now))
        .update();
    outbox.bell().ring();
  }

  /// Sends something that says only that it is a trial.
  @Transactional
  public DeliveryId attempt(Webhook webhook) {
    Instant now = clock.instant();
    String event = "trial-" + UUID.randomUUID();
    long id =
        database
            .sql(
                """
                insert into webhook_delivery (
                  webhook, subject_kind, subject_id, kind, event, body, asked_at, due_at, state
                )
                values (:webhook, 'webhook', :webhook, :kind, :event, :body, :now, :now, 'waiting')
                returning id
                """)
            .param("webhook", webhook.id().value())
            .param("kind", TRIAL)
            .param("event", event)
            .param(
                "body", envelopes.trial(event, new Subject("webhook", webhook.id().value()), now))
            .param("now", stored(now))
            .query(Long.class)
            .single();
    outbox.bell().ring();
    return new DeliveryId(id);
  }

  /// The newest before a given one, newest first.
  public List<Delivery> of(WebhookId webhook, long before, int limit) {
    return database
        .sql(
            """
            select * from webhook_delivery
            where webhook = :webhook and id < :before
            order by id desc
            limit :limit
            """)
        .param("webhook", webhook.value())
        .param("before", before)
        .param("limit", limit)
        .query(Deliveries::read)
        .list();
  }

  public Optional<Delivery> get(WebhookId webhook, DeliveryId id) {
    return database
        .sql("select * from webhook_delivery where id = :id and webhook = :webhook")
        .param("id", id.value())
        .param("webhook", webhook.value())
        .query(Deliveries::read)
        .optional();
  }

  /// Each time that it was sent, the newest first, at most a hundred.
  public List<Delivery.Try> tries(DeliveryId id) {
    return database
        .sql(
            """
            select * from webhook_try
            where delivery = :id
            order by id desc
            limit 100
            """)
        .param("id", id.value())
        .query((row, _) ->
            new Delivery.Try(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("took_millis"),
                row.getObject("status", Integer.class),
                row.getString("answer"),
                row.getString("problem")))
        .list();
  }

  /// Has one sent again, under the id that the receiver knows it by.
  ///
  /// @return false when it waits to be sent anyway
  @Transactional
  public boolean again(WebhookId webhook, DeliveryId id) {
    int asked =
        database
            .sql(
                """
                update webhook_delivery
                set state = 'waiting', due_at = :now, tries = 0
                where id = :id and webhook = :webhook and due_at is null
                """)
            .param("id", id.value())
            .param("webhook", webhook.value())
            .param("now", stored(clock.instant()))
            .update();
    outbox.bell().ring();
    return asked == 1;
  }

  /// Has everything sent again that became known in this time, the oldest first, at most
  /// [#MOST_AGAIN].
  ///
  /// @param all also what was taken; else only what was not
  /// @return how many that are
  @Transactional
  public int again(WebhookId webhook, Instant from, Instant to, boolean all) {
    int asked =
        database
            .sql(
                """
                update webhook_delivery
                set state = 'waiting', due_at = :now, tries = 0
                where id = any(array(
                  select id from webhook_delivery
                  where webhook = :webhook
                    and asked_at >= :from
                    and asked_at < :to
                    and due_at is null
                    and entry is not null
                    and (:all or state <> 'delivered')
                  order by asked_at, id
                  limit :most))
                """)
            .param("webhook", webhook.value())
            .param("from", stored(from))
            .param("to", stored(to))
            .param("all", all)
            .param("most", MOST_AGAIN)
            .param("now", stored(clock.instant()))
            .update();
    outbox.bell().ring();
    return asked;
  }

  private static Delivery read(ResultSet row, int number) throws SQLException {
    var due = row.getObject("due_at", OffsetDateTime.class);
    return new Delivery(
        new DeliveryId(row.getLong("id")),
        new WebhookId(row.getLong("webhook")),
        row.getString("event"),
        row.getString("kind"),
        new Subject(row.getString("subject_kind"), row.getLong("subject_id")),
        new Delivery.Progress(
            State.of(row.getString("state")),
            row.getObject("asked_at", OffsetDateTime.class).toInstant(),
            due == null ? null : due.toInstant(),
            row.getInt("tries")),
        row.getString("body"));
  }
}
