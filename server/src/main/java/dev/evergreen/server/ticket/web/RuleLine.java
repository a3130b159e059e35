package dev.evergreen.server.ticket.web;

import dev.evergreen.server.customer.Level;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.PriorityRule;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.TicketType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One line of the table of priorities; the last is blank, for a new rule.
public record RuleLine(int place, List<Cell> cells) {

  /// A choice in the line: what it is of, what is chosen, and among what.
  public record Cell(String name, String label, String chosen, List<String> options, String none) {}

  static RuleLine of(int place, @Nullable PriorityRule rule, List<Level> levels) {
    return new RuleLine(
        place,
        List.of(
            new Cell(
                "customer",
                "Customer",
                rule == null || rule.level() == null ? "" : rule.level(),
                levels.stream().map(Level::key).toList(),
                "any"),
            cell("type", "Type", rule == null ? null : rule.type(), TicketType.values(), "any"),
            cell(
                "severity",
                "Severity",
                rule == null ? null : rule.severity(),
                Severity.values(),
                "any"),
            cell(
                "priority",
                "Priority",
                rule == null ? null : rule.priority(),
                Priority.values(),
                rule == null ? "no rule" : "remove the rule")));
  }

  private static Cell cell(
      String name, String label, @Nullable Enum<?> chosen, Enum<?>[] options, String none) {
    return new Cell(
        name,
        label,
        chosen == null ? "" : key(chosen),
        Stream.of(options).map(RuleLine::key).toList(),
        none);
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
