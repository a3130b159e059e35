package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Merges;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPage;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.ticket.view.Views;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
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
public final class Desk {

  public static final int ROWS = 25;
  static final int MOST_ROWS = 200;

  private final Tickets tickets;
  private final Merges merges;
  private final Tasks tasks;
  private final OwnAddresses addresses;
  private final Listing listing;

  Desk(Tickets tickets, Merges merges, Tasks tasks, OwnAddresses addresses, Listing listing) {
    this.tickets = tickets;
    this.merges = merges;
    this.tasks = tasks;
    this.addresses = addresses;
    this.listing = listing;
  }

  /// What lists are read through.
  @Component
  record Listing(
      Views views,
      ViewPages pages,
      ViewsMenus menus,
      Teams teams,
      Agents agents,
      Statuses statuses,
      DatabaseClock clock) {}

  /// The ticket, if it exists for this agent; else the page that says that nothing is here. From
  /// one that lives on in another, which exists for them too, they are led there.
  public Ticket ticket(long number, Agent agent) {
    return ticket(number, agent, Permission.SEE);
  }

  /// The ticket, if this agent may do that with it.
  public Ticket ticket(long number, Agent agent, Permission permission) {
    var ticket = current(number, agent, permission);
    if (ticket.id().value() != number) {
      throw new MergedElsewhere(new TicketId(number), ticket.id());
    }
    return ticket;
  }

  /// The ticket, or the one that it lives on in: where words belong that somebody was writing while
  /// a colleague merged it.
  public Ticket current(long number, Agent agent, Permission permission) {
    var visible = tickets.visibleTo(agent, permission);
    var ticket =
        visible
            .get(new TicketId(number))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    var current = ticket.isClosed() ? merges.current(ticket.id()) : ticket.id();
    return current.equals(ticket.id()) ? ticket : visible.get(current).orElse(ticket);
  }

  /// The view, if it exists for this agent.
  View view(String key, Agent agent) {
    return listing
        .views()
        .get(key, agent)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /// The same in the order that its reader asks for just now.
  View ordered(String key, String order, boolean down, Agent agent) {
    return listing.views().ordered(view(key, agent), order, down);
  }

  /// The view that a form came from, as far as it said so.
  View viewOrMine(@Nullable String key, Agent agent) {
    return key == null ? View.MINE : listing.views().get(key, agent).orElse(View.MINE);
  }

  /// Where a person goes after giving a ticket away: to it, or to the list when it is no longer
  /// theirs to see.
  public String afterwards(TicketId ticket, Agent agent) {
    return tickets.visibleTo(agent).get(ticket).isPresent()
        ? "/tickets/" + ticket.value()
        : "/tickets";
  }

  public Viewpoint from(Agent agent, ZoneId zone) {
    return new Viewpoint(agent, listing.clock().instant(), zone);
  }

  ViewsMenu menu(String view, Agent agent, ZoneId zone) {
    return listing.menus().of(view, from(agent, zone));
  }

  TicketList list(Range range, @Nullable Long open, Agent agent) {
    var view = range.view();
    var from = from(agent, range.zone());
    var page = listing.pages().page(view.terms(), range.after(), range.rows(), from);
    return new TicketList(
        view,
        rows(page, view, open),
        listing.menus().of(view.key(), from),
        new TicketList.Onwards(href(view, page.next()), page.isLookedThrough()),
        open,
        isFirstDay(page, from) ? addresses.support().toString() : null,
        new TicketList.May(agent.may(Permission.OPEN), agent.may(Permission.BULK)));
  }

  /// Which part of which view is wanted, and where its reader is.
  record Range(View view, ViewPage.@Nullable Cursor after, int rows, ZoneId zone) {
    static Range first(View view, ZoneId zone) {
      return new Range(view, null, ROWS, zone);
    }

    static ViewPage.@Nullable Cursor cursor(String text, View view) {
      return text.isEmpty()
          ? null
          : ViewPage.Cursor.of(text, view.terms().order())
              .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
    }
  }

  private static @Nullable String href(View view, ViewPage.@Nullable Cursor next) {
    return next == null
        ? null
        : "/tickets?view=%s&%s&after=%s"
            .formatted(
                view.key(),
                TicketList.orderedBy(view),
                URLEncoder.encode(next.toString(), StandardCharsets.UTF_8));
  }

  private List<TicketList.Row> rows(ViewPage page, View view, @Nullable Long open) {
    Map<Long, Task> next =
        tasks
            .nextOf("ticket", page.rows().stream().map(row -> row.ticket().id().value()).toList())
            .stream()
            .collect(Collectors.toMap(task -> task.subject().id(), Function.identity()));
    var named = listing.statuses().all();
    var cells = new Cells(new Colleagues(listing.teams(), listing.agents()), named);
    var rows = new ArrayList<TicketList.Row>();
    var group = "";
    for (var found : page.rows()) {
      var in = cells.group(found, view.terms().grouping());
      var beside =
          new TicketList.Row.Beside(
              cells.of(found, view.terms().columns()),
              in.equals(group) ? "" : in,
              found.ticket().revision());
      rows.add(row(found, view, open, next.get(found.ticket().id().value()), beside, named));
      group = in;
    }
    return rows;
  }

  private boolean isFirstDay(ViewPage page, Viewpoint from) {
    return page.rows().isEmpty()
        && listing.pages().page(View.ALL.terms(), null, 1, from).rows().isEmpty();
  }

  private static TicketList.Row row(
      ViewPage.Row found,
      View view,
      @Nullable Long open,
      @Nullable Task task,
      TicketList.Row.Beside beside,
      Statuses.Named named) {
    Ticket ticket = found.ticket();
    long number = ticket.id().value();
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
            TicketList.isUrgent(ticket),
            ticket.beside()),
        open != null && open == number,
        beside);
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
