package dev.evergreen.server.workflow.webhook;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.EvaluationException;
import dev.evergreen.language.Catalogue;
import dev.evergreen.language.EventType;
import dev.evergreen.language.LoneCondition;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.LedgerReaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes down for each event which webhooks are to be told of it, in the transaction that has read
/// it: what is written down is told, and nothing else.
@Component
final class WebhookEvents implements LedgerReaction {
  private static final Logger log = LoggerFactory.getLogger(WebhookEvents.class);

  /// How long a node goes on with the webhooks that it knows: one that is new is told within that
  /// time.
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final JdbcClient database;
  private final Catalogue catalogue;
  private final CloudEvents envelopes;
  private final Deliveries deliveries;
  private volatile @Nullable Known known;

  WebhookEvents(
      JdbcClient database, Catalogue catalogue, CloudEvents envelopes, Deliveries deliveries) {
    this.database = database;
    this.catalogue = catalogue;
    this.envelopes = envelopes;
    this.deliveries = deliveries;
  }

  /// @param conditions by the kind of event
  private record Listening(Webhook webhook, Map<String, Condition> conditions) {}

  private record Known(List<Listening> listening, long nanos) {
    boolean isFresh() {
      return System.nanoTime() - nanos < FRESH.toNanos();
    }
  }

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public boolean wants(String kind) {
    return listening().stream().anyMatch(one -> one.conditions().containsKey(kind));
  }

  @Override
  public void react(Ledger.Entry entry) {
    Map<String, Object> facts = envelopes.known(entry);
    for (Listening one : listening()) {
      Condition condition = one.conditions().get(entry.kind());
      if (condition != null && holds(condition, facts, one.webhook(), entry)) {
        boolean people = one.webhook().wish().people();
        deliveries.queue(one.webhook(), entry, envelopes.written(entry, facts, people));
      }
    }
  }

  /// A condition that has no answer here is none by which somebody wants to hear of it.
  private static boolean holds(
      Condition condition, Map<String, Object> facts, Webhook webhook, Ledger.Entry entry) {
    try {
      return condition.holds(facts);
    } catch (EvaluationException e) {
      log.warn(
          "The webhook {} is not told of ledger entry {}: its condition “{}” could not be told: {}.",
          webhook.id().value(),
          entry.id(),
          condition,
          e.problem());
      return false;
    }
  }

  private List<Listening> listening() {
    Known now = known;
    if (now == null || !now.isFresh()) {
      now = new Known(load(), System.nanoTime());
      known = now;
    }
    return now.listening();
  }

  private List<Listening> load() {
    return database.sql("select * from webhook").query(Webhooks::read).list().stream()
        .map(this::listening)
        .toList();
  }

  private Listening listening(Webhook webhook) {
    var conditions = new HashMap<String, Condition>();
    for (String kind : webhook.wish().kinds()) {
      catalogue
          .event(kind)
          .map(EventType::about)
          .map(about -> LoneCondition.read(webhook.wish().condition(), about, catalogue))
          .ifPresent(read -> {
            switch (read) {
              case LoneCondition.Usable(Condition condition) -> conditions.put(kind, condition);
              case LoneCondition.Wrong(String problem) ->
                  log.warn(
                      "The webhook {} is not told of {}: its condition can no longer be read. {}",
                      webhook.id().value(),
                      kind,
                      problem);
            }
          });
    }
    return new Listening(webhook, Map.copyOf(conditions));
  }
}
