package dev.evergreen.server.workflow.webhook;

import static dev.evergreen.server.workflow.webhook.Webhooks.stored;

import dev.evergreen.server.platform.Bell;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What is to be sent to webhooks, as rows. Whoever takes one up has it for the time of a lease,
/// under a term of their own. When the lease is over another may take it up, and what the first one
/// says of it from then on is not believed.
@Component
class WebhookOutbox {
  /// Longer than a receiver may take to answer.
  static final Duration LEASE = Duration.ofMinutes(1);

  /// The pauses between one try and the next; after the last one it has failed.
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1));

  /// One that takes nothing for so long is switched off.
  static final Duration PATIENCE = Duration.ofDays(3);

  private final JdbcClient database;
  private final DatabaseClock clock;
  private final Bell bell = new Bell();

  WebhookOutbox(JdbcClient database, DatabaseClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// A delivery in somebody's hands.
  record Taken(long delivery, Webhook webhook, String event, String body, int tries, long term) {}

  /// What came of one try.
  ///
  /// @param status null when there was no answer
  /// @param problem empty when it was taken
  record Result(
      Instant at, int tookMillis, @Nullable Integer status, String answer, String problem) {
    boolean isTaken() {
      return problem.isEmpty();
    }

    /// The receiver says that it wants no more, ever (HTTP 410).
    boolean isGone() {
      return status != null && status == 410;
    }
  }

  /// Rings when something is to be sent from this node.
  Bell bell() {
    return bell;
  }

  /// Takes up what is due, each under a new term: of one webhook no more than its share, so that
  /// one that does not answer holds up no other.
  @Transactional
  public List<Taken> take(int most, int share) {
    return database
        .sql(
            """
            with chosen as materialized (
              select due.id
              from webhook
              cross join lateral (
                select id, due_at
                from webhook_delivery
                where webhook_delivery.webhook = webhook.id
                  and due_at <= :now
                  and (leased_until is null or leased_until < statement_timestamp())
                order by due_at, id
                limit :share
                for update skip locked
              ) as due
              where webhook.active
              order by due.due_at, due.id
              limit :most
            ),
            taken as (
              update webhook_delivery
              set
                term = nextval('webhook_term'),
                tries = tries + 1,
                leased_until = statement_timestamp() + :lease * interval '1 second'
              where id = any(array(select id from chosen))
              returning id, webhook, event, body, tries, term
            )
            select
              taken.id as delivery, taken.event, taken.body, taken.tries, taken.term, webhook.*
            from taken
            join webhook on webhook.id = taken.webhook
            """)
        .param("now", stored(clock.instant()))
        .param("share", share)
        .param("most", most)
        .param("lease", LEASE.toSeconds())
        .query((row, number) ->
            new Taken(
                row.getLong("delivery"),
                Webhooks.read(row, number),
                row.getString("event"),
                row.getString("body"),
                row.getInt("tries"),
                row.getLong("term")))
        .list();
  }

  /// Whether the term still holds; begins the lease anew, so that there is time to send it.
  @Transactional
  public boolean extend(Taken taken) {
    return database
            .sql(
                """
                update webhook_delivery
                set leased_until = statement_timestamp() + :lease * interval '1 second'
                where id = :id and term = :term and due_at is not null
                """)
            .param("id", taken.delivery())
            .param("term", taken.term())
            .param("lease", LEASE.toSeconds())
            .update()
        == 1;
  }

  /// Records what came of it, if the term still holds. It has the webhook before the delivery, as
  /// everybody has who changes both.
  ///
  /// @return the webhook, if this switched it off
  @Transactional
  public Optional<Webhook> record(Taken taken, Result result) {
    Webhooks.lock(taken.webhook().id(), database);
    Instant now = clock.instant();
    boolean again = !result.isTaken() && !result.isGone() && taken.tries() <= PAUSES.size();
    boolean held =
        database
                .sql(
                    """
                    with recorded as (
                      update webhook_delivery
                      set
                        state = :state,
                        due_at = cast(:due as timestamptz),
                        leased_until = null
                      where id = :id and term = :term and due_at is not null
                      returning id
                    )
                    insert into webhook_try (delivery, at, took_millis, status, answer, problem)
                    select id, :at, :took, cast(:status as integer), :answer, :problem
                    from recorded
                    """)
                .param("id", taken.delivery())
                .param("term", taken.term())
                .param("state", result.isTaken() ? "delivered" : again ? "waiting" : "failed")
                .param("due", again ? stored(now.plus(PAUSES.get(taken.tries() - 1))) : null)
                .param("at", stored(result.at()))
                .param("took", result.tookMillis())
                .param("status", result.status())
                .param("answer", result.answer())
                .param("problem", result.problem())
                .update()
            == 1;
    if (!held) {
      return Optional.empty();
    }
    return result.isTaken() ? healthy(taken.webhook().id()) : failing(taken, result, now);
  }

  private Optional<Webhook> healthy(WebhookId id) {
    database
        .sql(
            """
            update webhook set failing_since = null, problem = ''
            where id = :id and failing_since is not null
            """)
        .param("id", id.value())
        .update();
    return Optional.empty();
  }

  private Optional<Webhook> failing(Taken taken, Result result, Instant now) {
    return database
        .sql(
            """
            update webhook
            set
              failing_since = coalesce(failing_since, :now),
              problem = :problem,
              active = coalesce(failing_since, :now) > :lasting and not :gone
            where id = :id and active
            returning *
            """)
        .param("id", taken.webhook().id().value())
        .param("now", stored(now))
        .param("problem", result.problem())
        .param("lasting", stored(now.minus(PATIENCE)))
        .param("gone", result.isGone())
        .query(Webhooks::read)
        .optional()
        .filter(webhook -> !webhook.health().active())
        .map(webhook -> {
          missed(webhook.id());
          return webhook;
        });
  }

  /// What waits for one that was switched off is sent when somebody has it sent.
  private void missed(WebhookId id) {
    database
        .sql(
            """
            update webhook_delivery
            set state = 'missed', due_at = null, leased_until = null
            where webhook = :id and due_at is not null
            """)
        .param("id", id.value())
        .update();
  }
}
