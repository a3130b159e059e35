package dev.evergreen.server.desk.web.find;

import dev.evergreen.server.customer.CustomerSearch;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.view.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Where the command bar leads: a ticket by its number, views, pages, customers, a search for what
/// was typed. What fits best comes first.
@Component
final class Destinations {
  private static final int MOST = 12;
  private static final int CUSTOMERS = 5;

  private static final List<Command> PAGES =
      List.of(
          new Command("Desk", "page", "/tickets", "inbox"),
          new Command("Search tickets", "page", "/search", "search"),
          new Command("Tasks", "page", "/team-tasks", "list-check"),
          new Command("Workflows", "page", "/workflows", "route"),
          new Command("New view", "page", "/views/new", "adjustments"),
          new Command("Settings", "page", "/settings", "settings"),
          new Command("Team", "setting", "/settings/team", "settings"),
          new Command("Mail", "setting", "/settings/mailboxes", "settings"),
          new Command("Canned responses", "setting", "/settings/canned-responses", "settings"),
          new Command("Your sign-in", "setting", "/account", "lock"));

  private static final List<Command> ANSWERING =
      List.of(
          new Command("Customers", "page", "/customers", "users"),
          new Command("New ticket", "page", "/tickets/new", "plus"),
          new Command("Mailbox", "page", "/mailbox", "mail"));

  private static final List<Command> ADMINISTERING =
      List.of(
          new Command("Health", "setting", "/settings/health", "settings"),
          new Command("Webhooks", "setting", "/settings/webhooks", "settings"),
          new Command("Audit log", "setting", "/settings/audit", "settings"));

  private final Tickets tickets;
  private final Views views;
  private final CustomerSearch customers;

  Destinations(Tickets tickets, Views views, CustomerSearch customers) {
    this.tickets = tickets;
    this.views = views;
    this.customers = customers;
  }

  List<Command> fitting(String typed, Agent agent) {
    var words = typed.strip().toLowerCase(Locale.ROOT);
    record Ranked(Command command, int score) {}
    var named =
        named(agent)
            .map(command ->
                new Ranked(command, score(command.label().toLowerCase(Locale.ROOT), words)))
            .filter(one -> one.score() > 0)
            .sorted(Comparator.comparingInt(Ranked::score).reversed())
            .map(Ranked::command)
            .toList();
    var all = new ArrayList<Command>();
    all.addAll(numbered(words, agent));
    all.addAll(named);
    if (words.length() > 1) {
      if (agent.may(Permission.SEE_CUSTOMERS)) {
        all.addAll(customers(words));
      }
      all.add(Command.search(typed.strip()));
    }
    return all.stream().limit(MOST).toList();
  }

  private Stream<Command> named(Agent agent) {
    var saved =
        views.of(agent).stream()
            .map(view -> new Command(view.name(), "view", "/tickets?view=" + view.key(), "inbox"));
    return Stream.of(
            saved,
            PAGES.stream(),
            agent.may(Permission.ANSWER) && agent.may(Permission.SEE_CUSTOMERS)
                ? ANSWERING.stream()
                : Stream.<Command>empty(),
            agent.isAdministrator() ? ADMINISTERING.stream() : Stream.<Command>empty())
        .flatMap(some -> some);
  }

  private List<Command> numbered(String words, Agent agent) {
    var number = words.replaceFirst("^#", "");
    return number.matches("\\d{1,18}")
        ? tickets
            .visibleTo(agent)
            .get(new TicketId(Long.parseLong(number)))
            .map(ticket ->
                new Command(
                    "#" + number + " " + ticket.subject(), "ticket", "/tickets/" + number, "mail"))
            .stream()
            .toList()
        : List.of();
  }

  private List<Command> customers(String words) {
    return customers.beginning(words, null).rows().stream()
        .limit(CUSTOMERS)
        .map(row -> new Command(row.name(), "customer", "/customers/" + row.id().value(), "user"))
        .toList();
  }

  /// How well a label fits what was typed: a beginning is better than the beginning of a word, that
  /// better than the letters in their order; 0 when they do not occur so.
  static int score(String label, String typed) {
    if (typed.isEmpty() || label.startsWith(typed)) {
      return 1_000 - label.length();
    }
    if ((" " + label).contains(" " + typed)) {
      return 800 - label.length();
    }
    int at = -1;
    int gaps = 0;
    for (int i = 0; i < typed.length(); i++) {
      int next = label.indexOf(typed.charAt(i), at + 1);
      if (next < 0) {
        return 0;
      }
      gaps += next - at - 1;
      at = next;
    }
    return Math.max(1, 500 - 10 * gaps - label.length());
  }
}
