package dev.evergreen.server.ticket.retention;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.PersonalData;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.TicketId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What tickets hold about people. A ticket that is erased is closed and keeps its number, times
/// and outcome for the figures; what was said, noted and attached is gone.
@Component
@Order(50)
final class TicketData implements PersonalData {
  private static final String TICKET = "ticket";
  private static final String OF_TICKET = "ticket_id = :id";
  private static final String SIDE =
      "side_conversation_id in (select side_conversation.id from side_conversation where %s)";
  private static final String SIDE_MESSAGE =
      "side_message_id in (select side_message.id from side_message where " + SIDE + ")";

  private final JdbcClient jdbc;
  private final Settlements settlements;
  private final Retention retention;

  TicketData(JdbcClient jdbc, Settlements settlements, Retention retention) {
    this.jdbc = jdbc;
    this.settlements = settlements;
    this.retention = retention;
  }

  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "attachment",
                    "files that came or went with messages",
                    Rows.deletedWithFile(
                        TICKET,
                        "message_id in (select message.id from message where message.ticket_id = :id)",
                        "file_id")),
                DataTable.of(
                    "copied",
                    "who was in copy of what was said",
                    Rows.deleted(TICKET, OF_TICKET),
                    Rows.deleted(Rows.PERSON, "address = any(:names)")),
                DataTable.of("message", "what was said, by whom", Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of("note", "what agents noted", Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "draft", "what agents have begun to write", Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "draft_file",
                    "files that go with what agents have begun to write",
                    Rows.deletedWithFile(TICKET, OF_TICKET, "file_id")),
                DataTable.of(
                    "merge",
                    "what tickets were before they were made one",
                    Rows.deleted(TICKET, "ticket_id = :id or into_id = :id")),
                DataTable.of(
                    "side_attachment",
                    "files that came or went in side conversations",
                    Rows.deletedWithFile(
                        TICKET, SIDE_MESSAGE.formatted("ticket_id = :id"), "file_id"),
                    Rows.deletedWithFile(
                        Rows.PERSON, SIDE_MESSAGE.formatted("address = any(:names)"), "file_id")),
                DataTable.of(
                    "side_message",
                    "what was said to and by partners",
                    Rows.deleted(TICKET, SIDE.formatted("ticket_id = :id")),
                    Rows.deleted(Rows.PERSON, SIDE.formatted("address = any(:names)"))),
                DataTable.of(
                    "side_conversation",
                    "which partners were written to, about what",
                    Rows.deleted(TICKET, OF_TICKET),
                    Rows.deleted(Rows.PERSON, "address = any(:names)")),
                DataTable.of(
                    "team_task",
                    "what teams were asked to do, and what they said of it",
                    Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "consultation",
                    "what colleagues were asked, and their answers",
                    Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "hand_over",
                    "the note with which a ticket was handed over",
                    Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "ticket_change",
                    "what tickets were before somebody changed them",
                    Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "ticket_text", "words as search finds them", Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "bulk_ticket",
                    "how tickets stood before many were changed",
                    Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of("follow_up", "what was promised", Rows.deleted(TICKET, OF_TICKET)),
                DataTable.of(
                    "notification",
                    "what agents were told of, and who did it",
                    Rows.emptied(TICKET, OF_TICKET, "by_name = 'Erased'")),
                DataTable.of(
                    TICKET,
                    "subject and first words, and how it went",
                    Rows.emptied(
                        TICKET,
                        "id = :id",
                        "subject = 'Erased', preview = '', fields = null, root_cause = null, tags = null, open_sides = null, open_team_tasks = null, has_beside = null, erased_at = current_timestamp"))),
            DataTable.none("ids and times, no words", "link"),
            DataTable.none(
                "about agents, not customers",
                "presence",
                "follower",
                "bell",
                "notification_refused",
                "digest"),
            DataTable.none(
                "what the team has set",
                "canned_response",
                "macro",
                "retention_rule",
                "ticket_setup",
                "ticket_status",
                "ticket_code",
                "tag",
                "priority_rule",
                "reopen_policy",
                "saved_view",
                "bulk_change"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<Subject> below(Subject subject) {
    return switch (subject.kind()) {
      case "customer" ->
          jdbc.sql("select id from ticket where customer_id = :id order by id")
              .param("id", subject.id())
              .query((row, _) -> new TicketId(row.getLong("id")).subject())
              .list();
      case Retention.SUBJECT ->
          retention.due(subject.id()).stream().map(TicketId::subject).toList();
      default -> List.of();
    };
  }

  @Override
  public Optional<Instant> bornAt(Subject subject) {
    return switch (subject.kind()) {
      case TICKET -> madeAt("select opened_at as at from ticket where id = :id", subject);
      case Retention.SUBJECT ->
          madeAt("select made_at as at from retention_rule where id = :id", subject);
      default -> Optional.empty();
    };
  }

  private Optional<Instant> madeAt(String sql, Subject subject) {
    return jdbc.sql(sql)
        .param("id", subject.id())
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  @Override
  public Set<String> plainWords() {
    return Set.of(
        "channel", "status", "priority", "category", "solution", "outcome", "type", "severity");
  }

  @Override
  public void beforeErasing(Subject subject, Actor by) {
    if (subject.kind().equals(TICKET)) {
      var _ = settlements.close(new TicketId(subject.id()), "erased", null, by).expected();
    }
  }
}
