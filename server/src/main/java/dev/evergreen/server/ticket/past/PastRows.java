package dev.evergreen.server.ticket.past;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.PastEntries.Past;
import dev.evergreen.server.ticket.AttachmentName;
import dev.evergreen.server.ticket.SearchedTexts;
import dev.evergreen.server.ticket.Texts;
import dev.evergreen.server.ticket.TicketId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of some tickets, table by table and column by column, as the statements take them.
final class PastRows {
  /// What search keeps of one ticket; see [SearchedTexts].
  private static final int MOST_LETTERS = 60_000;

  private final Iterator<Long> ids;
  private final Iterator<Long> messageIds;
  private final Map<String, Columns> tables = new HashMap<>();
  private final List<Past> entries = new ArrayList<>();
  private final List<TicketId> tickets = new ArrayList<>();

  PastRows(Iterator<Long> ids, Iterator<Long> messageIds) {
    this.ids = ids;
    this.messageIds = messageIds;
  }

  /// In the order of their time, which is each ticket's own order as well.
  List<Past> entries() {
    entries.sort(Comparator.comparing(Past::at));
    return entries;
  }

  List<TicketId> tickets() {
    return tickets;
  }

  boolean has(String table) {
    return tables.containsKey(table);
  }

  Map<String, Object> of(String table) {
    return columns(table).parameters();
  }

  private Columns columns(String table) {
    return tables.computeIfAbsent(table, _ -> new Columns());
  }

  void add(PastTicket ticket, PastTicket.Entry.Happened takenOver) {
    var id = new TicketId(ids.next());
    tickets.add(id);
    var written = new Written(id, ticket);
    written.open();
    ticket.entries().forEach(written::add);
    written.happened(takenOver);
    addRow(id, ticket, written);
    columns("words")
        .add(
            "ticket_id", id.value(),
            "customer_id", ticket.customer().value(),
            "subject", ticket.subject(),
            "text", written.words());
  }

  private void addRow(TicketId id, PastTicket ticket, Written written) {
    var standing = ticket.standing();
    var kept = ticket.kept();
    var moments = ticket.moments();
    var own = standing.own();
    var team = ticket.assignment().team();
    var agent = ticket.assignment().agent();
    columns("ticket")
        .add(
            "id", id.value(),
            "subject", ticket.subject(),
            "customer_id", ticket.customer().value(),
            "channel", ticket.origin().channel(),
            "status", standing.status().key(),
            "status_id", own == null ? null : own.value(),
            "priority", standing.priority().key(),
            "priority_reason", standing.priorityReason(),
            "category", kept.category(),
            "type", kept.type() == null ? null : kept.type().key(),
            "severity", kept.severity() == null ? null : kept.severity().key(),
            "outcome", standing.outcome(),
            "root_cause", kept.rootCause().isEmpty() ? null : kept.rootCause(),
            "team_id", team == null ? null : team.value(),
            "agent_id", agent == null ? null : agent.value(),
            "tags", kept.tags().isEmpty() ? null : braced(kept.tags()),
            "fields", kept.fields().json(),
            "preview", written.preview(),
            "opened_at", moments.openedAt().toString(),
            "updated_at", moments.updatedAt().toString(),
            "answered_at", text(moments.answeredAt()),
            "closed_at", text(moments.closedAt()),
            "archived_at", text(moments.archivedAt()),
            "reopened", standing.reopened(),
            "revision", written.revision());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String braced(List<Long> numbers) {
    return numbers.toString().replace('[', '{').replace(']', '}');
  }

  /// One ticket's timeline while it is written down.
  private final class Written {
    private final TicketId id;
    private final PastTicket ticket;
    private final StringBuilder words = new StringBuilder();
    private String preview = "";
    private long revision;

    Written(TicketId id, PastTicket ticket) {
      this.id = id;
      this.ticket = ticket;
    }

    long revision() {
      return revision;
    }

    String preview() {
      return preview;
    }

    String words() {
      return words.toString();
    }

    /// A ticket that does not begin with the customer's words was opened without any.
    void open() {
      if (!beginsWithTheCustomer()) {
        var first = ticket.entries().isEmpty() ? null : ticket.entries().getFirst();
        append(
            new PastTicket.Entry.Happened(
                first == null ? Actor.SYSTEM : first.by(),
                ticket.moments().openedAt(),
                "ticket.opened",
                Map.of("channel", ticket.origin().channel(), "customer", customer())));
      }
    }

    private long customer() {
      return ticket.customer().value();
    }

    private boolean beginsWithTheCustomer() {
      return !ticket.entries().isEmpty()
          && ticket.entries().getFirst() instanceof PastTicket.Entry.Said said
          && said.way() == PastTicket.Entry.Way.FROM_CUSTOMER;
    }

    void add(PastTicket.Entry entry) {
      switch (entry) {
        case PastTicket.Entry.Said said -> said(said);
        case PastTicket.Entry.Noted noted -> noted(noted);
        case PastTicket.Entry.Happened happened -> happened(happened);
      }
    }

    private void said(PastTicket.Entry.Said said) {
      var message = said.message();
      var number = messageIds.next();
      var data = new HashMap<String, Object>(Map.of("message", number));
      var kind =
          switch (said.way()) {
            case FROM_CUSTOMER -> "ticket.customer-replied";
            case FROM_MACHINE -> "ticket.automatic-mail";
            case TO_CUSTOMER ->
                said.by().kind().equals("agent") ? "ticket.agent-replied" : "ticket.message-sent";
          };
      if (revision == 0) {
        kind = "ticket.opened";
        data.put("channel", ticket.origin().channel());
        data.put("customer", customer());
      }
      append(new PastTicket.Entry.Happened(said.by(), said.at(), kind, data));
      columns("message")
          .add(
              "id", number,
              "ticket_id", id.value(),
              "revision", revision,
              "direction", said.incoming() ? "in" : "out",
              "author_kind", said.by().kind(),
              "author_id", said.by().id(),
              "author_name", said.by().name(),
              "text", message.text(),
              "html", message.safeHtml(),
              "fold_at", message.foldAt(),
              "mail_id", message.mail().id(),
              "at", said.at().toString());
      for (var file : message.attachments()) {
        columns("attachment")
            .add(
                "message_id", number,
                "file_id", file.file().value(),
                "name", AttachmentName.clean(file.name()),
                "type", file.type(),
                "size", file.size(),
                "content_id", file.contentId());
      }
      preview = Texts.preview(message.news());
      searched(message.news());
    }

    private void noted(PastTicket.Entry.Noted noted) {
      append(new PastTicket.Entry.Happened(noted.by(), noted.at(), "ticket.note-added", Map.of()));
      columns("note")
          .add(
              "ticket_id", id.value(),
              "revision", revision,
              "agent_id", noted.by().kind().equals("agent") ? noted.by().id() : null,
              "author_name", noted.by().name(),
              "text", noted.text(),
              "at", noted.at().toString());
      searched(noted.text());
    }

    void happened(PastTicket.Entry.Happened happened) {
      append(happened);
    }

    private void append(PastTicket.Entry.Happened happened) {
      revision++;
      entries.add(
          new Past(
              id.subject(),
              revision,
              new Ledger.Happening(happened.kind(), happened.by(), happened.data()),
              happened.at()));
    }

    private void searched(String text) {
      var searched = SearchedTexts.searched(text);
      if (words.length() + searched.length() < MOST_LETTERS) {
        words.append(words.isEmpty() ? "" : "\n").append(searched);
      }
    }
  }

  /// Values by column, one of each for every row.
  private static final class Columns {
    private final Map<String, List<@Nullable Object>> values = new HashMap<>();

    void add(@Nullable Object... pairs) {
      for (int i = 0; i < pairs.length; i += 2) {
        values.computeIfAbsent(String.valueOf(pairs[i]), _ -> new ArrayList<>()).add(pairs[i + 1]);
      }
    }

    Map<String, Object> parameters() {
      var parameters = new HashMap<String, Object>();
      for (Map.Entry<String, List<@Nullable Object>> column : values.entrySet()) {
        parameters.put(column.getKey(), array(column.getValue()));
      }
      return parameters;
    }

    private static Object[] array(List<@Nullable Object> column) {
      var sample = column.stream().filter(Objects::nonNull).findFirst().orElse("");
      return switch (sample) {
        case Long _ -> column.toArray(Long[]::new);
        case Integer _ -> column.toArray(Integer[]::new);
        default -> column.toArray(String[]::new);
      };
    }
  }
}
