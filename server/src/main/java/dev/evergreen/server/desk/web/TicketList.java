package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.view.Grouping;
import dev.evergreen.server.ticket.view.Order;
import dev.evergreen.server.ticket.view.View;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view with its first rows and the way to more: beside a ticket a narrow list, alone a table.
///
/// @param may what its reader may do beside looking
public record TicketList(
    View view,
    List<Row> rows,
    ViewsMenu menu,
    Onwards onwards,
    @Nullable Long open,
    @Nullable String supportAddress,
    May may) {

  public TicketList {
    rows = List.copyOf(rows);
  }

  /// Where the next rows are; `isLookedThrough` is false when few of many tickets were meant, so
  /// that one may have it look further. Whether its reader may open a ticket by hand, and change
  /// many at once.
  public record May(boolean open, boolean bulk) {}

  public record Onwards(@Nullable String next, boolean isLookedThrough) {}

  /// One ticket in the list: who asks, for what, what comes next and until when, and what the
  /// view's columns say of it. `group` is the name of the group that begins here, else empty.
  public record Row(
      long number,
      String href,
      String customer,
      String subject,
      Signs signs,
      boolean isOpen,
      Beside beside) {

    /// What the row says at its edges; `due` is null when nothing waits for us.
    public record Signs(
        @Nullable Instant due,
        Instant updatedAt,
        String step,
        String channel,
        boolean isUrgent,
        Ticket.Beside beside) {}

    public record Beside(List<Cell> cells, String group, long revision) {
      public Beside {
        cells = List.copyOf(cells);
      }
    }

    /// What a column says: words, or a time.
    public record Cell(String label, String text, @Nullable Instant at) {}

    public List<Cell> cells() {
      return beside.cells();
    }

    public String group() {
      return beside.group();
    }

    public @Nullable Instant due() {
      return signs.due();
    }

    public Instant updatedAt() {
      return signs.updatedAt();
    }

    public String step() {
      return signs.step();
    }

    public boolean isUrgent() {
      return signs.isUrgent();
    }

    /// Whether a partner is written to, or other teams have tasks.
    public boolean isWithOthers() {
      return signs.beside().openSides() > 0 || signs.beside().openTasks() > 0;
    }

    /// What is open beside the conversation, in words.
    public String withOthers() {
      return signs.beside().openSides() == 0
          ? "open tasks"
          : signs.beside().openTasks() == 0
              ? "open side conversation"
              : "open side conversation and tasks";
    }

    public String channel() {
      return signs.channel();
    }

    public String icon() {
      return Channels.icon(signs.channel());
    }
  }

  static boolean isUrgent(Ticket ticket) {
    return ticket.state().priority() == Priority.URGENT && !ticket.isClosed();
  }

  public String title() {
    return switch (view.key()) {
      case "mine" -> "My tickets";
      case "unassigned" -> "Unassigned tickets";
      case "all" -> "All tickets";
      case "closed" -> "Closed tickets";
      default -> view.name();
    };
  }

  public String emptyTitle() {
    return switch (view.key()) {
      case "mine" -> "Nothing waits for you";
      case "unassigned" -> "Everything has somebody";
      case "all" -> "There is no ticket";
      case "closed" -> "Nothing is closed yet";
      default -> "No ticket is meant by this view now";
    };
  }

  public String emptyAdvice() {
    return switch (view.key()) {
      case "mine" -> "Take one from Unassigned, or lean back.";
      case "unassigned", "all" -> "New mail will appear here.";
      case "closed" -> "What is done will be kept here.";
      default -> "Tickets appear here as soon as they fit.";
    };
  }

  /// Nothing has ever come in: the list says how to begin.
  public boolean isFirstDay() {
    return supportAddress != null;
  }

  /// No ticket is open beside it, so the list carries the page's heading.
  public boolean isOnly() {
    return open == null;
  }

  /// Where the list alone comes from, in the order in which it is shown.
  public String source() {
    return "/lists/" + view.key() + "?" + orderedBy(view) + (open == null ? "" : "&open=" + open);
  }

  static String orderedBy(View view) {
    return "order=" + view.terms().order().key() + "&down=" + view.terms().descending();
  }

  /// The orders that its reader can choose: those of every ticket, and the view's own.
  public List<Order> orders() {
    return Stream.concat(
            Stream.<Order>of(Order.Usual.values()),
            Stream.of(view.terms().order()).filter(order -> order instanceof Order.Own))
        .toList();
  }

  public boolean isGrouped() {
    return view.terms().grouping() != Grouping.Usual.NONE;
  }

  public boolean isSaved() {
    return view.isSaved();
  }

  /// What the columns are called, in a list that has room for them.
  public List<String> columns() {
    return view.terms().columns().stream().map(column -> column.label()).toList();
  }
}
