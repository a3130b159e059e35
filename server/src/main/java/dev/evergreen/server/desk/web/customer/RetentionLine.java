package dev.evergreen.server.desk.web.customer;

import dev.evergreen.server.ticket.retention.Retention;

/// A rule of retention, and how many tickets it would take now.
public record RetentionLine(long id, String words, int count) {
  static RetentionLine of(Retention.Rule rule, Retention retention) {
    return new RetentionLine(rule.id(), rule.words(), retention.count(rule));
  }
}
