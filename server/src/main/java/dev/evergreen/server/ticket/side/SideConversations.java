package dev.evergreen.server.ticket.side;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.AttachmentName;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.TicketWriting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What happens in side conversations. The mails that carry it are the channel's; here is what was
/// said, and who is told of it. An answer that comes after the conversation was closed opens it
/// again; the ticket stays as it is, since its customer has said nothing.
@Component
public class SideConversations {
  private static final int LONGEST_SUBJECT = 250;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST = 100_000;

  private static final String COUNTED =
      """
      update ticket
      set
        open_sides = nullif(
          (select count(*) from side_conversation
           where ticket_id = :id and closed_at is null), 0),
        has_beside = true,
        updated_at = case when :news then :at else updated_at end,
        revision = revision + 1
      where id = :id
      returning *
      """;

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final FoundSides found;
  private final DatabaseClock clock;

  SideConversations(JdbcClient jdbc, TicketWriting writing, FoundSides found, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.found = found;
    this.clock = clock;
  }

  /// Begins one on a ticket, which the caller has found for this agent.
  @Transactional
  public Outcome<SideConversation> begin(
      TicketId ticket,
      SideConversation.Partner partner,
      String subject,
      NewSideMessage words,
      Agent by) {
    writing.locked(ticket);
    var about = subject.strip();
    if (about.isEmpty() || about.length() > LONGEST_SUBJECT) {
      return Outcome.rejected(Reason.INVALID, "Expected a subject of 1 to 250 letters.");
    }
    if (partner.name().length() > LONGEST_NAME) {
      return Outcome.rejected(Reason.INVALID, "Expected a name of at most 200 letters.");
    }
    if (!isWritten(words)) {
      return unwritten();
    }
    var id =
        new SideId(
            jdbc.sql(
                    """
                    insert into side_conversation
                      (ticket_id, subject, address, name, agent_id, begun_at)
                    values (:ticket, :subject, :address, :name, :agent, :now)
                    returning id
                    """)
                .param("ticket", ticket.value())
                .param("subject", about)
                .param("address", partner.address().toString())
                .param("name", partner.name().strip())
                .param("agent", by.id().value())
                .param("now", TicketRows.stored(clock.instant()))
                .query((row, _) -> row.getLong("id"))
                .single());
    add(id, words, by.name(), false, false);
    tell(get(id), "ticket.side-begun", by.actor(), Map.of(), true);
    return Outcome.accepted(get(id));
  }

  /// An agent writes on.
  @Transactional
  public Outcome<SideConversation> say(SideId id, NewSideMessage words, Agent by) {
    var side = locked(id);
    if (!side.isOpen()) {
      return Outcome.rejected(
          Reason.OUTDATED, "This side conversation is closed; open it again before you write.");
    }
    if (!isWritten(words)) {
      return unwritten();
    }
    add(id, words, by.name(), false, false);
    tell(side, "ticket.side-written", by.actor(), Map.of(), true);
    return Outcome.accepted(get(id));
  }

  /// The partner wrote. What a machine wrote in their place stands there without a sound.
  @Transactional
  public void hear(SideId id, NewSideMessage words, boolean automatic) {
    var side = locked(id);
    var by = Actor.partner(side.partner().shown());
    add(id, words, side.partner().shown(), true, automatic);
    if (automatic) {
      tell(side, "ticket.side-automatic-mail", by, Map.of(), false);
      return;
    }
    if (!side.isOpen()) {
      set(id, true);
    }
    tell(
        side,
        "ticket.side-answered",
        by,
        Map.of("tell", List.of(side.beginning().agent().value())),
        true);
  }

  /// Nothing more is expected of the partner.
  @Transactional
  public Outcome<SideConversation> close(SideId id, Agent by) {
    return turned(id, false, "ticket.side-closed", by);
  }

  @Transactional
  public Outcome<SideConversation> reopen(SideId id, Agent by) {
    return turned(id, true, "ticket.side-reopened", by);
  }

  private Outcome<SideConversation> turned(SideId id, boolean open, String kind, Agent by) {
    var side = locked(id);
    if (side.isOpen() != open) {
      set(id, open);
      tell(side, kind, by.actor(), Map.of(), false);
    }
    return Outcome.accepted(get(id));
  }

  /// A mail to the partner could not be delivered.
  @Transactional
  public void bounced(SideId id) {
    var side = locked(id);
    tell(
        side,
        "ticket.side-bounced",
        Actor.SYSTEM,
        Map.of("tell", List.of(side.beginning().agent().value())),
        true);
  }

  private static boolean isWritten(NewSideMessage words) {
    return !words.text().isBlank() && words.text().length() <= LONGEST;
  }

  private static Outcome<SideConversation> unwritten() {
    return Outcome.rejected(Reason.INVALID, "Expected words of 1 to 100,000 letters.");
  }

  private SideConversation get(SideId id) {
    return found
        .withId(id)
        .orElseThrow(() -> new IllegalStateException("expected side conversation " + id.value()));
  }

  /// Under its ticket's lock, which orders all that happens on the ticket.
  private SideConversation locked(SideId id) {
    writing.locked(get(id).ticket());
    return get(id);
  }

  private void set(SideId id, boolean open) {
    @Nullable Object closedAt = open ? null : TicketRows.stored(clock.instant());
    jdbc.sql(
            """
            update side_conversation set closed_at = cast(:closedAt as timestamptz) where id = :id
            """)
        .param("id", id.value())
        .param("closedAt", closedAt)
        .update();
  }

  private void tell(
      SideConversation side, String kind, Actor by, Map<String, Object> more, boolean isNews) {
    var data = new HashMap<>(more);
    data.put("side", side.id().value());
    data.put("partner", side.partner().shown());
    var ticket =
        writing.update(
            COUNTED,
            side.ticket(),
            Map.of("news", isNews, "at", TicketRows.stored(clock.instant())));
    writing.append(ticket, kind, by, data);
  }

  private void add(
      SideId id, NewSideMessage words, String author, boolean incoming, boolean automatic) {
    long message =
        jdbc.sql(
                """
                insert into side_message
                  (side_conversation_id, direction, author_name, text, fold_at, automatic, at)
                values
                  (:side, :direction, :author, :text, cast(:foldAt as integer), :automatic, :now)
                returning id
                """)
            .param("side", id.value())
            .param("direction", incoming ? "in" : "out")
            .param("author", author)
            .param("text", words.text())
            .param("foldAt", words.foldAt())
            .param("automatic", automatic)
            .param("now", TicketRows.stored(clock.instant()))
            .query((row, _) -> row.getLong("id"))
            .single();
    words.files().forEach(file -> attach(message, file));
  }

  private void attach(long message, NewAttachment file) {
    jdbc.sql(
            """
            insert into side_attachment (side_message_id, file_id, name, type, size)
            values (:message, :file, :name, :type, :size)
            """)
        .param("message", message)
        .param("file", file.file().value())
        .param("name", AttachmentName.clean(file.name()))
        .param("type", file.type())
        .param("size", file.size())
        .update();
  }
}
