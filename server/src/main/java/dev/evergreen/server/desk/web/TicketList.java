package dev.evergreen.server.desk.web;

import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The list at the left: one view, its newest rows, the way to more. `mayOpen`: its reader may open
/// a ticket by hand.
public record TicketList(
    ListView view,
    List<Row> rows,
    Map<ListView, String> counts,
    @Nullable String next,
    @Nullable Long open,
    @Nullable String supportAddress,
    boolean mayOpen) {

  public TicketList {
    rows = List.copyOf(rows);
    counts = Map.copyOf(counts);
  }

  /// One ticket in the list: who asks, for what, what comes next and until when.
  public record Row(
      long number, String href, String customer, String subject, Signs signs, boolean isOpen) {

    /// What the row says at its edges; `due` is null when nothing waits for us.
    public record Signs(
        @Nullable Instant due, Instant updatedAt, String step, String channel, boolean isUrgent) {}

    public @Nullable Instant due() {
      return signs.due();
    }

    public Instant updatedAt() {
      return signs.updatedAt();
    }

    public String step() {
      return signs.step();
    }

    public String channel() {
      return signs.channel();
    }

    public boolean isUrgent() {
      return signs.isUrgent();
    }

    public String icon() {
      return Channels.icon(signs.channel());
    }
  }

  static boolean isUrgent(Ticket ticket) {
    return ticket.state().priority() == Priority.URGENT && !ticket.isClosed();
  }

  public List<ListView> views() {
    return List.of(ListView.values());
  }

  /// How many tickets a view holds; empty where that is not counted.
  public String count(ListView of) {
    return counts.getOrDefault(of, "");
  }

  /// Nothing has ever come in: the list says how to begin.
  public boolean isFirstDay() {
    return supportAddress != null;
  }

  /// No ticket is open beside it, so the list carries the page's heading.
  public boolean isOnly() {
    return open == null;
  }

  public String source() {
    return "/lists/" + view.key() + (open == null ? "" : "?open=" + open);
  }
}
