package dev.evergreen.server.channel;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.workflow.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of held replies. What a machine wrote in the customer's place holds nothing back.
@Component
class HeldReplyRows {
  private final JdbcClient database;

  HeldReplyRows(JdbcClient database) {
    this.database = database;
  }

  HeldReply.Id insert(Ticket ticket, Reply reply, HeldReply.Plan plan, AgentId writer) {
    HeldReply.Answer answer = plan.completion();
    Macro.Use macro = reply.macro();
    Copies copies = reply.copies();
    Map<String, String> fields = answer == null ? Map.of() : answer.fields();
    long id =
        database
            .sql(
                """
                insert into held_reply (
                  ticket, agent, text, html, send_at, scheduled, seen, task, fields, answers, zone,
                  macro, effects, copies_decided
                )
                values (
                  :ticket, :agent, :text, :html, :at, :scheduled, :seen, :task, :fields, :answers,
                  :zone, :macro, :effects, :decided
                )
                returning id
                """)
            .param("ticket", ticket.id().value())
            .param("agent", writer.value())
            .param("text", reply.words().text())
            .param("html", reply.words().html())
            .param("at", plan.sendAt().atOffset(ZoneOffset.UTC))
            .param("scheduled", plan.isScheduled())
            .param("seen", ticket.revision())
            .param("task", answer == null ? null : answer.task().value())
            .param("fields", fields.keySet().toArray(String[]::new))
            .param("answers", fields.values().toArray(String[]::new))
            .param("zone", answer == null ? "UTC" : answer.zone().getId())
            .param("macro", macro == null ? null : macro.name())
            .param("effects", macro == null ? "" : macro.effects().encoded())
            .param("decided", copies != null)
            .query(Long.class)
            .single();
    if (copies != null) {
      copy(id, copies.cc(), false);
      copy(id, copies.bcc(), true);
    }
    for (int i = 0; i < reply.attachments().size(); i++) {
      attach(id, i, reply.attachments().get(i));
    }
    return new HeldReply.Id(id);
  }

  private void copy(long id, List<EmailAddress> addresses, boolean hidden) {
    for (int i = 0; i < addresses.size(); i++) {
      database
          .sql(
              """
              insert into held_copy (held, address, hidden, position)
              values (:held, :address, :hidden, :position)
              on conflict do nothing
              """)
          .param("held", id)
          .param("address", addresses.get(i).toString())
          .param("hidden", hidden)
          .param("position", i)
          .update();
    }
  }

  private void attach(long id, int position, NewAttachment file) {
    database
        .sql(
            """
            insert into held_reply_file (held, position, file, name, type, size, content_id)
            values (:held, :position, :file, :name, :type, :size, :contentId)
            """)
        .param("held", id)
        .param("position", position)
        .param("file", file.file().value())
        .param("name", file.name())
        .param("type", file.type())
        .param("size", file.size())
        .param("contentId", file.contentId())
        .update();
  }

  List<HeldReply> of(TicketId ticket) {
    return find(0, ticket.value());
  }

  /// Nobody else can send it or take it back until the transaction ends, and what the customer says
  /// in the meantime waits or was seen.
  Optional<HeldReply> locked(HeldReply.Id id) {
    return database
        .sql(
            """
            select ticket.id
            from held_reply
            join ticket on ticket.id = held_reply.ticket
            where held_reply.id = :id
            for update of held_reply
            for no key update of ticket
            """)
        .param("id", id.value())
        .query(Long.class)
        .optional()
        .flatMap(_ -> find(id.value(), 0).stream().findFirst());
  }

  /// One by its id, or those of a ticket; no id is 0.
  private List<HeldReply> find(long id, long ticket) {
    return database
        .sql(
            """
            select held_reply.*, scheduled and exists (
              select from message
              where message.ticket_id = held_reply.ticket
                and message.revision > held_reply.seen
                and message.direction = 'in'
                and not exists (
                  select from arrival
                  where arrival.ticket = message.ticket_id
                    and arrival.revision = message.revision
                    and arrival.automatic)
            ) as held_back
            from held_reply
            where id = :id or ticket = :ticket
            order by send_at, id
            """)
        .param("id", id)
        .param("ticket", ticket)
        .query(this::read)
        .list();
  }

  void move(HeldReply.Id id, Instant at, long seen) {
    database
        .sql("update held_reply set send_at = :at, seen = :seen where id = :id")
        .param("id", id.value())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("seen", seen)
        .update();
  }

  void delete(HeldReply.Id id) {
    database.sql("delete from held_reply where id = :id").param("id", id.value()).update();
  }

  private HeldReply read(ResultSet row, int number) throws SQLException {
    long id = row.getLong("id");
    return new HeldReply(
        new HeldReply.Id(id),
        new TicketId(row.getLong("ticket")),
        new AgentId(row.getLong("agent")),
        new Reply(
            new Written(row.getString("text"), row.getString("html")),
            files(id),
            row.getBoolean("copies_decided") ? copies(id) : null,
            macro(row)),
        new HeldReply.Plan(
            row.getObject("send_at", OffsetDateTime.class).toInstant(),
            row.getBoolean("scheduled"),
            answer(row)),
        row.getBoolean("held_back"));
  }

  private static Macro.@Nullable Use macro(ResultSet row) throws SQLException {
    String name = row.getString("macro");
    return name == null
        ? null
        : new Macro.Use(name, MacroEffects.decoded(row.getString("effects")));
  }

  private static HeldReply.@Nullable Answer answer(ResultSet row) throws SQLException {
    Long task = row.getObject("task", Long.class);
    if (task == null) {
      return null;
    }
    String[] fields = (String[]) row.getArray("fields").getArray();
    String[] answers = (String[]) row.getArray("answers").getArray();
    var given = new HashMap<String, String>();
    for (int i = 0; i < fields.length; i++) {
      given.put(fields[i], answers[i]);
    }
    return new HeldReply.Answer(new TaskId(task), given, ZoneId.of(row.getString("zone")));
  }

  private Copies copies(long held) {
    Map<Boolean, List<EmailAddress>> byHidden =
        database
            .sql("select address, hidden from held_copy where held = :held order by position")
            .param("held", held)
            .query((row, _) ->
                Map.entry(
                    row.getBoolean("hidden"),
                    EmailAddress.parse(row.getString("address")).orElseThrow()))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return new Copies(
        byHidden.getOrDefault(false, List.of()), byHidden.getOrDefault(true, List.of()));
  }

  private List<NewAttachment> files(long held) {
    return database
        .sql("select * from held_reply_file where held = :held order by position")
        .param("held", held)
        .query((row, _) ->
            new NewAttachment(
                new FileId(row.getLong("file")),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size"),
                row.getString("content_id")))
        .list();
  }
}
