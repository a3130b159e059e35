package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.Retention;

/// A rule of retention, and how many tickets it would take now.
public record RetentionLine(long id, String words, int count) {
  static RetentionLine of(Retention.Rule rule, Retention retention) {
    return new RetentionLine(rule.id(), rule.words(), retention.count(rule));
  }
}
