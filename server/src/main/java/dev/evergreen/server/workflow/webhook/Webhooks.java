package dev.evergreen.server.workflow.webhook;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.language.LoneCondition;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import dev.evergreen.server.workflow.webhook.Webhook.Wish;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// All webhooks, for administrators; for others there are none.
@Component
public class Webhooks {
  private static final int MOST = 50;

  private final JdbcClient database;
  private final DatabaseClock clock;
  private final Catalogue catalogue;
  private final WebhookKeys keys;

  Webhooks(JdbcClient database, DatabaseClock clock, Catalogue catalogue, WebhookKeys keys) {
    this.database = database;
    this.clock = clock;
    this.catalogue = catalogue;
    this.keys = keys;
  }

  /// The key that signs, as an administrator sees it.
  ///
  /// @param overlapEnds until when the one before signs as well; null when it no longer does
  public record ShownKey(int number, String text, @Nullable Instant overlapEnds) {}

  /// The events that there are to be told of, those of one kind of thing together.
  public List<EventType> events() {
    return catalogue.events().stream()
        .sorted(Comparator.comparing(event -> event.kind().replaceFirst("\\..*", "")))
        .toList();
  }

  /// Those that exist for this agent, by name.
  public List<Webhook> visibleTo(Agent agent) {
    return agent.isAdministrator()
        ? database
            .sql("select * from webhook order by lower(name), id")
            .query(Webhooks::read)
            .list()
        : List.of();
  }

  public Optional<Webhook> get(WebhookId id, Agent agent) {
    return agent.isAdministrator() ? withId(id) : Optional.empty();
  }

  Optional<Webhook> withId(WebhookId id) {
    return database
        .sql("select * from webhook where id = :id")
        .param("id", id.value())
        .query(Webhooks::read)
        .optional();
  }

  public ShownKey key(Webhook webhook) {
    Instant end = WebhookKeys.overlapEnds(webhook);
    boolean overlaps = webhook.key().number() > 1 && clock.instant().isBefore(end);
    return new ShownKey(webhook.key().number(), keys.text(webhook), overlaps ? end : null);
  }

  @Transactional
  public Outcome<Webhook> add(Wish wish, Agent by) {
    if (visibleTo(by).size() >= MOST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at most %d webhooks: remove one first.".formatted(MOST));
    }
    return write(
        wish,
        by,
        """
        insert into webhook (name, url, kinds, condition, people, key_since, made_at)
        values (:name, :url, :kinds, :condition, :people, :now, :now)
        returning *
        """,
        Map.of());
  }

  /// @param seen the revision that the person had before them
  @Transactional
  public Outcome<Webhook> change(WebhookId id, Wish wish, long seen, Agent by) {
    return get(id, by)
        .map(_ ->
            write(
                wish,
                by,
                """
                update webhook
                set
                  name = :name,
                  url = :url,
                  kinds = :kinds,
                  condition = :condition,
                  people = :people,
                  revision = revision + 1
                where id = :id and revision = :seen
                returning *
                """,
                Map.of("id", id.value(), "seen", seen)))
        .orElseGet(() -> unknown(id));
  }

  private Outcome<Webhook> write(Wish wish, Agent by, String sql, Map<String, Object> more) {
    Optional<String> problem = problem(wish);
    if (!by.isAdministrator() || problem.isPresent()) {
      return Outcome.rejected(
          by.isAdministrator() ? Reason.INVALID : Reason.UNKNOWN,
          problem.orElse("Only administrators keep webhooks."));
    }
    var parameters = new HashMap<>(more);
    parameters.put("name", wish.name());
    parameters.put("url", wish.url());
    parameters.put("kinds", wish.kinds().toArray(String[]::new));
    parameters.put("condition", wish.condition());
    parameters.put("people", wish.people());
    parameters.put("now", stored(clock.instant()));
    try {
      return database
          .sql(sql)
          .params(parameters)
          .query(Webhooks::read)
          .optional()
          .map(Outcome::accepted)
          .orElseGet(() ->
              Outcome.rejected(Reason.OUTDATED, "Somebody has changed it meanwhile; look again."));
    } catch (DuplicateKeyException _) {
      return Outcome.rejected(
          Reason.TAKEN, "There already is a webhook “%s”.".formatted(wish.name()));
    }
  }

  private Optional<String> problem(Wish wish) {
    if (wish.name().isEmpty() || wish.name().length() > 80) {
      return Optional.of("Expected a name of 1 to 80 letters.");
    }
    if (!isAddress(wish.url())) {
      return Optional.of(
          "Expected an address like https://shop.example/events, without user and password, but"
              + " found “%s”.".formatted(wish.url()));
    }
    if (wish.condition().length() > 2_000) {
      return Optional.of("Expected a condition of at most 2,000 letters.");
    }
    List<EventType> wanted =
        wish.kinds().stream().flatMap(kind -> catalogue.event(kind).stream()).toList();
    if (wanted.isEmpty() || wanted.size() < wish.kinds().size()) {
      return Optional.of("Expected at least one kind of event, and none that there is not.");
    }
    return wanted.stream()
        .map(EventType::about)
        .distinct()
        .map(about -> LoneCondition.read(wish.condition(), about, catalogue))
        .flatMap(read ->
            read instanceof LoneCondition.Wrong(String wrong)
                ? java.util.stream.Stream.of(wrong)
                : java.util.stream.Stream.empty())
        .findFirst();
  }

  private static boolean isAddress(String text) {
    try {
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      return web
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null
          && text.length() <= 2_000;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// Switches it off, or on again: then it is told of what happens from now on, and of what it
  /// missed when somebody has that sent.
  @Transactional
  public Outcome<Webhook> set(WebhookId id, boolean active, Agent by) {
    return get(id, by)
        .map(_ -> Outcome.accepted(switched(id, active)))
        .orElseGet(() -> unknown(id));
  }

  private Webhook switched(WebhookId id, boolean active) {
    lock(id, database);
    return database
        .sql(
            """
            with unsent as (
              update webhook_delivery
              set state = 'missed', due_at = null, leased_until = null
              where webhook = :id and due_at is not null and not :active)
            update webhook
            set active = :active, failing_since = null, problem = '', revision = revision + 1
            where id = :id
            returning *
            """)
        .param("id", id.value())
        .param("active", active)
        .query(Webhooks::read)
        .single();
  }

  /// Has it for the caller's transaction, which is to change its deliveries too: one that has a
  /// delivery first and then its webhook would wait for one that goes the other way.
  static void lock(WebhookId id, JdbcClient database) {
    database
        .sql("select id from webhook where id = :id for no key update")
        .param("id", id.value())
        .query((row, _) -> row.getLong(1))
        .optional();
  }

  /// Makes a new key, which signs from now on; for a day the one before signs as well.
  ///
  /// @param seen the number of the key that the person had before them: two who change it at once
  ///   change it once
  @Transactional
  public Outcome<Webhook> changeKey(WebhookId id, int seen, Agent by) {
    return get(id, by)
        .map(before ->
            database
                .sql(
                    """
                    update webhook
                    set key_number = key_number + 1, key_since = :now, revision = revision + 1
                    where id = :id and key_number = :seen
                    returning *
                    """)
                .param("id", id.value())
                .param("seen", seen)
                .param("now", stored(clock.instant()))
                .query(Webhooks::read)
                .optional()
                .orElse(before))
        .map(Outcome::accepted)
        .orElseGet(() -> unknown(id));
  }

  @Transactional
  public Outcome<WebhookId> remove(WebhookId id, Agent by) {
    if (get(id, by).isEmpty()) {
      return unknown(id);
    }
    database.sql("delete from webhook where id = :id").param("id", id.value()).update();
    return Outcome.accepted(id);
  }

  private static <T> Outcome<T> unknown(WebhookId id) {
    return Outcome.rejected(Reason.UNKNOWN, "There is no webhook %d here.".formatted(id.value()));
  }

  static OffsetDateTime stored(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  static Webhook read(ResultSet row, int number) throws SQLException {
    Array kinds = row.getArray("kinds");
    var failing = row.getObject("failing_since", OffsetDateTime.class);
    return new Webhook(
        new WebhookId(row.getLong("id")),
        new Wish(
            row.getString("name"),
            row.getString("url"),
            List.of((String[]) kinds.getArray()),
            row.getString("condition"),
            row.getBoolean("people")),
        new Webhook.Health(
            row.getBoolean("active"),
            failing == null ? null : failing.toInstant(),
            row.getString("problem")),
        new Webhook.Key(
            row.getInt("key_number"), row.getObject("key_since", OffsetDateTime.class).toInstant()),
        row.getLong("revision"));
  }
}
