package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Merges;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketPage;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.View;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// Finds tickets for the desk: one, or a page of a view with what comes next on each. Every ticket
/// comes through the finder of the agent who looks.
@Component
final class Desk {

  static final int ROWS = 25;
  static final int MOST_ROWS = 200;
  private static final int MOST_COUNTED = 99;
  private static final List<View> COUNTED =
      List.of(ListView.MINE.tickets(), ListView.UNASSIGNED.tickets());

  private final Tickets tickets;
  private final Merges merges;
  private final Tasks tasks;
  private final OwnAddresses addresses;
  private final Statuses statuses;

  Desk(Tickets tickets, Merges merges, Tasks tasks, OwnAddresses addresses, Statuses statuses) {
    this.tickets = tickets;
    this.merges = merges;
    this.tasks = tasks;
    this.addresses = addresses;
    this.statuses = statuses;
  }

  /// The ticket, if it exists for this agent; else the page that says that nothing is here. From
  /// one that lives on in another, which exists for them too, they are led there.
  Ticket ticket(long number, Agent agent) {
    var ticket = current(number, agent);
    if (ticket.id().value() != number) {
      throw new MergedElsewhere(new TicketId(number), ticket.id());
    }
    return ticket;
  }

  /// The ticket, or the one that it lives on in: where words belong that somebody was writing while
  /// a colleague merged it.
  Ticket current(long number, Agent agent) {
    var visible = tickets.visibleTo(agent);
    var ticket =
        visible
            .get(new TicketId(number))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ticket.isClosed() ? visible.get(merges.current(ticket.id())).orElse(ticket) : ticket;
  }

  /// Where a person goes after giving a ticket away: to it, or to the list when it is no longer
  /// theirs to see.
  String afterwards(TicketId ticket, Agent agent) {
    return tickets.visibleTo(agent).get(ticket).isPresent()
        ? "/tickets/" + ticket.value()
        : "/tickets";
  }

  TicketList list(Range range, @Nullable Long open, Agent agent) {
    var page = tickets.visibleTo(agent).page(range.view().tickets(), range.after(), range.rows());
    Map<Long, Task> next =
        tasks
            .nextOf("ticket", page.rows().stream().map(row -> row.ticket().id().value()).toList())
            .stream()
            .collect(Collectors.toMap(task -> task.subject().id(), Function.identity()));
    var named = statuses.all();
    return new TicketList(
        range.view(),
        page.rows().stream().map(row -> row(row, range.view(), open, next, named)).toList(),
        counts(agent),
        page.next() == null ? null : range.view().href() + "&after=" + Range.text(page.next()),
        open,
        isFirstDay(page, agent) ? addresses.support().toString() : null,
        Writing.mayReply(agent));
  }

  /// Which part of which view is wanted.
  record Range(ListView view, TicketPage.@Nullable Cursor after, int rows) {
    static String text(TicketPage.Cursor cursor) {
      return cursor.updatedAt() + "_" + cursor.id().value();
    }

    static TicketPage.@Nullable Cursor cursor(String text) {
      int bar = text.indexOf('_');
      try {
        return bar < 0
            ? null
            : new TicketPage.Cursor(
                java.time.Instant.parse(text.substring(0, bar)),
                new TicketId(Long.parseLong(text.substring(bar + 1))));
      } catch (java.time.DateTimeException | NumberFormatException _) {
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
      }
    }
  }

  /// How many tickets wait in the views that end; history is not counted.
  private Map<ListView, String> counts(Agent agent) {
    var found = tickets.visibleTo(agent).counts(COUNTED, MOST_COUNTED + 1);
    var counts = new EnumMap<ListView, String>(ListView.class);
    for (var view : ListView.values()) {
      Integer count = found.get(view.tickets());
      if (count != null) {
        counts.put(view, count > MOST_COUNTED ? MOST_COUNTED + "+" : "" + count);
      }
    }
    return counts;
  }

  private boolean isFirstDay(TicketPage page, Agent agent) {
    return page.rows().isEmpty()
        && tickets.visibleTo(agent).page(ListView.ALL.tickets(), null, 1).rows().isEmpty();
  }

  private static TicketList.Row row(
      TicketPage.Row found,
      ListView view,
      @Nullable Long open,
      Map<Long, Task> next,
      Statuses.Named named) {
    Ticket ticket = found.ticket();
    long number = ticket.id().value();
    Task task = next.get(number);
    return new TicketList.Row(
        number,
        "/tickets/" + number + "?view=" + view.key(),
        found.customer(),
        ticket.subject(),
        new TicketList.Row.Signs(
            task == null ? null : task.progress().dueAt(),
            ticket.moments().updatedAt(),
            task == null ? waiting(ticket, named) : task.title(),
            ticket.origin().channel(),
            TicketList.isUrgent(ticket)),
        open != null && open == number);
  }

  private static String waiting(Ticket ticket, Statuses.Named named) {
    var own = named.of(ticket);
    if (!own.initial()) {
      return own.name();
    }
    return switch (ticket.state().status()) {
      case NEW -> "New";
      case OPEN -> "Open";
      case PENDING -> "Waiting for the customer";
      case ON_HOLD -> "On hold";
      case SOLVED -> "Solved";
      case CLOSED ->
          "Closed" + (ticket.state().outcome().isEmpty() ? "" : ": " + ticket.state().outcome());
    };
  }
}
