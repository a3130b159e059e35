package dev.evergreen.server.ticket;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Typed;
import dev.evergreen.server.team.Agent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What was said on tickets, with what came attached. Written only by [TicketWriting].
@Component
public class Messages {
  private final JdbcClient jdbc;

  Messages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Message> withId(MessageId id) {
    return jdbc.sql(
            """
            select
              message.*,
              array(
                select address from copied
                where copied.ticket_id = message.ticket_id and copied.revision = message.revision
                order by address) as copied
            from message
            where id = :id
            """)
        .param("id", id.value())
        .query((row, _) ->
            message(row, attachments("where message_id = :message", Map.of("message", id.value()))))
        .optional();
  }

  /// The messages of a ticket between two revisions, both included, oldest first.
  List<Message> of(TicketId ticket, long from, long to) {
    var attachments =
        attachments(
            """
            join message on message.id = attachment.message_id
            where message.ticket_id = :ticket and message.revision between :from and :to
            """,
            Map.of("ticket", ticket.value(), "from", from, "to", to));
    return jdbc.sql(
            """
            select
              message.*,
              array(
                select address from copied
                where copied.ticket_id = message.ticket_id and copied.revision = message.revision
                order by address) as copied
            from message
            where ticket_id = :ticket and revision between :from and :to
            order by revision
            """)
        .param("ticket", ticket.value())
        .param("from", from)
        .param("to", to)
        .query((row, _) -> message(row, attachments))
        .list();
  }

  List<Note> notes(TicketId ticket, long from, long to) {
    return jdbc.sql(
            """
            select note.*, coalesce(agent.name, note.author_name) as agent_name
            from note
            left join agent on agent.id = note.agent_id
            where note.ticket_id = :ticket and note.revision between :from and :to
            """)
        .param("ticket", ticket.value())
        .param("from", from)
        .param("to", to)
        .query((row, _) ->
            new Note(
                ticket,
                row.getLong("revision"),
                row.getString("agent_name"),
                row.getString("text"),
                TicketRows.at(row, "at")))
        .list();
  }

  /// Writes the message that a change of its ticket is about, as the part `said` of one statement
  /// with that change, which is the part `changed`.
  static final String INSERT =
      """
      said as (
        insert into message (
          ticket_id,
          revision,
          direction,
          author_kind,
          author_id,
          author_name,
          text,
          html,
          fold_at,
          mail_id,
          at
        )
        select
          changed.id,
          changed.revision,
          :direction,
          :authorKind,
          cast(:authorId as bigint),
          :authorName,
          :text,
          cast(:html as text),
          cast(:foldAt as integer),
          cast(:mailId as text),
          :saidAt
        from changed
        returning id
      ),
      """
          + SearchedTexts.ADD;

  static Map<String, @Nullable Object> parameters(NewMessage said, boolean incoming) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("direction", incoming ? "in" : "out");
    parameters.put("authorKind", said.author().kind());
    parameters.put("authorId", Typed.bigint(said.author().id()));
    parameters.put("authorName", said.author().name());
    parameters.put("text", said.text());
    parameters.put("html", Typed.text(said.safeHtml()));
    parameters.put("foldAt", Typed.integer(said.foldAt()));
    parameters.put("mailId", Typed.text(said.mail().id()));
    parameters.put("saidAt", TicketRows.stored(said.at()));
    parameters.put("searched", SearchedTexts.searched(said.news()));
    return parameters;
  }

  /// The message that was written with the ticket, now also with what came attached.
  Message attach(MessageId id, Ticket ticket, NewMessage said, boolean incoming) {
    var attached = said.attachments().stream().map(file -> attach(id.value(), file)).toList();
    copy(ticket, said.mail().copied());
    return new Message(
        id,
        ticket.id(),
        ticket.revision(),
        incoming,
        said.author(),
        new Message.Body(
            said.text(), said.safeHtml(), attached, said.foldAt(), said.mail().copied()),
        said.at());
  }

  private void copy(Ticket ticket, List<String> addresses) {
    if (addresses.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into copied (ticket_id, revision, address)
            select :ticket, :revision, address
            from unnest(cast(:addresses as text[])) as address
            on conflict do nothing
            """)
        .param("ticket", ticket.id().value())
        .param("revision", ticket.revision())
        .param("addresses", addresses.toArray(String[]::new))
        .update();
  }

  void addNote(Ticket ticket, String text, Agent agent, Instant at) {
    jdbc.sql(
            """
            with noted as (
              insert into note (ticket_id, revision, agent_id, text, at)
              values (:ticket, :revision, :agent, :text, :at)
            )
            insert into ticket_text (ticket_id, letters, document)
            values (:ticket, length(:searched), search_words(:searched))
            on conflict (ticket_id) do update
            set
              letters = ticket_text.letters + excluded.letters,
              document = ticket_text.document || excluded.document
            where ticket_text.letters + excluded.letters <= 60000
            """)
        .param("ticket", ticket.id().value())
        .param("revision", ticket.revision())
        .param("agent", agent.id().value())
        .param("text", text)
        .param("searched", SearchedTexts.searched(text))
        .param("at", TicketRows.stored(at))
        .update();
  }

  private Attachment attach(long message, NewAttachment file) {
    var name = AttachmentName.clean(file.name());
    var id =
        jdbc.sql(
                """
                insert into attachment (message_id, file_id, name, type, size, content_id)
                values (:message, :file, :name, :type, :size, :contentId)
                returning id
                """)
            .param("message", message)
            .param("file", file.file().value())
            .param("name", name)
            .param("type", file.type())
            .param("size", file.size())
            .param("contentId", file.contentId())
            .query(Long.class)
            .single();
    return new Attachment(id, file.file(), name, file.type(), file.size(), file.contentId());
  }

  private Map<Long, List<Attachment>> attachments(String which, Map<String, ?> parameters) {
    record Row(long message, Attachment attachment) {}
    return jdbc
        .sql("select attachment.* from attachment " + which + " order by attachment.id")
        .params(parameters)
        .query((row, _) -> new Row(row.getLong("message_id"), attachment(row)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::message, Collectors.mapping(Row::attachment, Collectors.toList())));
  }

  static Attachment attachment(ResultSet row) throws SQLException {
    return new Attachment(
        row.getLong("id"),
        new FileId(row.getLong("file_id")),
        row.getString("name"),
        row.getString("type"),
        row.getLong("size"),
        row.getString("content_id"));
  }

  private static Message message(ResultSet row, Map<Long, List<Attachment>> attachments)
      throws SQLException {
    var id = row.getLong("id");
    return new Message(
        new MessageId(id),
        new TicketId(row.getLong("ticket_id")),
        row.getLong("revision"),
        row.getString("direction").equals("in"),
        new Actor(
            row.getString("author_kind"),
            row.getObject("author_id", Long.class),
            row.getString("author_name")),
        new Message.Body(
            row.getString("text"),
            row.getString("html"),
            attachments.getOrDefault(id, new ArrayList<>()),
            row.getObject("fold_at", Integer.class),
            List.of((String[]) row.getArray("copied").getArray())),
        TicketRows.at(row, "at"));
  }
}
