package dev.evergreen.server.desk.web.customer;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.desk.web.Happening;
import dev.evergreen.server.ticket.CustomerHistory;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What happened with one customer over all their tickets, newest first.
///
/// @param earlier where what came before is found; null when this is the beginning
public record Story(long customer, List<Line> lines, @Nullable String earlier, boolean isNewest) {
  public Story {
    lines = List.copyOf(lines);
  }

  /// One thing that was said, noted or done, and on which ticket.
  ///
  /// @param kind `said` by the customer, `answered` by us, `noted` among us, or `done`
  public record Line(
      String domId, String kind, Instant at, Doing doing, String words, TicketLink ticket) {}

  /// Who did what.
  public record Doing(String who, String what, String icon) {}

  public record TicketLink(long number, String subject) {
    public String href() {
      return "/tickets/" + number;
    }
  }

  /// What a browser is told of: the customer, and the tickets that are shown.
  public String live() {
    return lines.stream()
        .map(line -> "ticket:" + line.ticket().number())
        .distinct()
        .collect(Collectors.joining(" ", "customer:" + customer + " ", ""));
  }

  static Story of(
      CustomerId customer,
      CustomerHistory history,
      Happening.Names names,
      HiddenLinks links,
      boolean isNewest) {
    return new Story(
        customer.value(),
        history.lines().stream()
            .map(line -> line(line, names, links))
            .filter(Objects::nonNull)
            .toList(),
        history.before() == null
            ? null
            : "/customers/%d?before=%s".formatted(customer.value(), history.before()),
        isNewest);
  }

  private static @Nullable Line line(
      CustomerHistory.Line line, Happening.Names names, HiddenLinks links) {
    var entry = line.entry();
    var doing = doing(line, names);
    return doing == null
        ? null
        : new Line(
            "event-" + entry.id(),
            kind(line),
            entry.at(),
            doing,
            links.hidden(line.words()),
            new TicketLink(line.ticket().value(), line.subject()));
  }

  private static String kind(CustomerHistory.Line line) {
    return switch (line.entry().kind()) {
      case "ticket.opened", "ticket.customer-replied", "ticket.automatic-mail" -> "said";
      case "ticket.agent-replied", "ticket.message-sent" -> "answered";
      case "ticket.note-added" -> "noted";
      default -> "done";
    };
  }

  private static @Nullable Doing doing(CustomerHistory.Line line, Happening.Names names) {
    var who = line.entry().by().name();
    return switch (line.entry().kind()) {
      case "ticket.opened" -> new Doing(who, "asked", "inbox");
      case "ticket.customer-replied" -> new Doing(who, "wrote again", "inbox");
      case "ticket.automatic-mail" -> new Doing(who, "answered automatically", "inbox");
      case "ticket.agent-replied", "ticket.message-sent" -> new Doing(who, "answered", "send");
      case "ticket.note-added" -> new Doing(who, "noted", "notes");
      default -> {
        var happening = Happening.of(line.entry(), names);
        yield happening == null
            ? null
            : new Doing(happening.who(), happening.what(), happening.icon());
      }
    };
  }
}
