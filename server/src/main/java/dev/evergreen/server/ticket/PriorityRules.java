package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The table by which tickets get their priority: customer, type and severity. The first line that
/// fits decides; a ticket that none fits is of normal priority.
@Component
public class PriorityRules {
  private static final int MOST = 100;

  private final JdbcClient jdbc;
  private final Setup setup;

  PriorityRules(JdbcClient jdbc, Setup setup) {
    this.jdbc = jdbc;
    this.setup = setup;
  }

  /// What a rule says, and the words to tell why.
  record Decided(Priority priority, @Nullable String reason) {}

  Decided decide(CustomerId customer, @Nullable TicketType type, @Nullable Severity severity) {
    return jdbc.sql(
            """
            select fitting.*
            from customer as asking
            cross join lateral fitting_rule(
              asking.level, cast(:type as text), cast(:severity as text)) as fitting
            where asking.id = :customer
            """)
        .params(
            parameters(
                "customer", customer.value(),
                "type", type == null ? null : type.key(),
                "severity", severity == null ? null : severity.key()))
        .query((row, _) ->
            new Decided(TicketRows.priority(row.getString("priority")), row.getString("reason")))
        .optional()
        .orElseGet(() -> new Decided(Priority.NORMAL, null));
  }

  /// From the top.
  public List<PriorityRule> all() {
    return jdbc.sql("select * from priority_rule order by position")
        .query((row, _) ->
            new PriorityRule(
                row.getString("customer_level"),
                TicketRows.constant(TicketType.class, row.getString("type")),
                TicketRows.constant(Severity.class, row.getString("severity")),
                TicketRows.priority(row.getString("priority"))))
        .list();
  }

  /// How often the ticket settings have changed: to be given back with [#replace].
  public long revision() {
    return jdbc.sql("select revision from ticket_setup where id = 1")
        .query((row, _) -> row.getLong(1))
        .single();
  }

  /// Puts these in the place of all. Tickets that have a priority keep it until they are sorted
  /// anew.
  ///
  /// @param seen the revision of the settings that the person saw
  @Transactional
  public Outcome<List<PriorityRule>> replace(List<PriorityRule> rules, long seen, Actor by) {
    setup.lock();
    if (revision() != seen) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Somebody changed the settings of tickets meanwhile; nothing was saved. Look again.");
    }
    if (rules.size() > MOST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at most " + MOST + " rules, but found " + rules.size() + ".");
    }
    jdbc.sql("delete from priority_rule").update();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      jdbc.sql(
              """
              insert into priority_rule (position, customer_level, type, severity, priority)
              values (:position, :level, :type, :severity, :priority)
              """)
          .params(
              parameters(
                  "position", i + 1,
                  "level", rule.level(),
                  "type", key(rule.type()),
                  "severity", key(rule.severity()),
                  "priority", rule.priority().key()))
          .update();
    }
    setup.record("priority-rules.changed", by, Map.of("rules", rules.size()));
    return Outcome.accepted(List.copyOf(rules));
  }

  private static @Nullable String key(@Nullable Enum<?> constant) {
    return Optional.ofNullable(constant)
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .orElse(null);
  }
}
