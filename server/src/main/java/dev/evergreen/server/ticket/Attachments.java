package dev.evergreen.server.ticket;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds what is attached to messages, together with the ticket on which rights depend.
@Component
public class Attachments {
  private final JdbcClient jdbc;

  Attachments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// An attachment and the ticket it belongs to.
  public record Found(TicketId ticket, Attachment attachment) {}

  public Optional<Found> withId(long id) {
    return jdbc.sql(
            """
            select attachment.*, message.ticket_id
            from attachment
            join message on message.id = attachment.message_id
            where attachment.id = :id
            """)
        .param("id", id)
        .query(
            (row, _) -> new Found(new TicketId(row.getLong("ticket_id")), Messages.attachment(row)))
        .optional();
  }

  /// The newest files on a ticket and on what lives on in it, without images that its messages only
  /// show among their words.
  public List<Attachment> of(TicketId ticket, int most) {
    return jdbc.sql(
            """
            select attachment.*
            from message
            join attachment on attachment.message_id = message.id
            where attachment.content_id is null
              and message.ticket_id in (
                select :ticket
                union all
                select ticket_id from merge where into_id = :ticket)
            order by attachment.id desc
            limit :most
            """)
        .param("ticket", ticket.value())
        .param("most", most)
        .query((row, _) -> Messages.attachment(row))
        .list();
  }

  /// What a message's HTML shows as `cid:…`.
  public Optional<Found> inline(MessageId message, String contentId) {
    return jdbc.sql(
            """
            select attachment.*, message.ticket_id
            from attachment
            join message on message.id = attachment.message_id
            where attachment.message_id = :message and attachment.content_id = :contentId
            order by attachment.id
            limit 1
            """)
        .param("message", message.value())
        .param("contentId", contentId)
        .query(
            (row, _) -> new Found(new TicketId(row.getLong("ticket_id")), Messages.attachment(row)))
        .optional();
  }
}
