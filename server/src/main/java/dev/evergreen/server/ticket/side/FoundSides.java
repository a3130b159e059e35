package dev.evergreen.server.ticket.side;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds side conversations, on tickets that the caller has found for whoever looks. Those of a
/// ticket that was merged are found on the one that it lives on in.
@Component
public class FoundSides {
  private static final int MOST = 100;
  private static final int LATEST = 400;

  private static final String FOUND =
      """
      side_conversation.*, agent.name as agent_name, latest.*
      from side_conversation
      join agent on agent.id = side_conversation.agent_id
      cross join lateral (
        select
          direction as latest_direction,
          left(text, least(coalesce(fold_at, :letters), :letters)) as latest_words,
          at as latest_at
        from side_message
        where side_conversation_id = side_conversation.id
        order by id desc
        limit 1) as latest
      """;

  private final JdbcClient jdbc;

  FoundSides(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Those of a ticket, the open ones first, then the newest.
  public List<SideConversation> of(TicketId ticket) {
    return jdbc.sql(
            "select "
                + FOUND
                + """
                where side_conversation.ticket_id in (
                  select :ticket
                  union all
                  select ticket_id from merge where into_id = :ticket)
                order by closed_at is not null, side_conversation.id desc
                limit :most
                """)
        .param("ticket", ticket.value())
        .param("letters", LATEST)
        .param("most", MOST)
        .query(FoundSides::read)
        .list();
  }

  public Optional<SideConversation> withId(SideId id) {
    return jdbc.sql("select " + FOUND + "where side_conversation.id = :id")
        .param("id", id.value())
        .param("letters", LATEST)
        .query(FoundSides::read)
        .optional();
  }

  /// Partners who were written to lately, each once, by address.
  public List<SideConversation.Partner> partners() {
    return jdbc.sql(
            """
            select distinct on (address) address, name
            from (
              select id, address, name from side_conversation
              order by id desc
              limit :looked) as newest
            order by address, id desc
            """)
        .param("looked", MOST)
        .query((row, _) -> partner(row))
        .list();
  }

  /// What was said in one, oldest first.
  public List<SideMessage> messages(SideId id) {
    record Attached(long message, SideMessage.File file) {}
    var files =
        jdbc
            .sql(
                """
                select side_attachment.*
                from side_message
                join side_attachment on side_attachment.side_message_id = side_message.id
                where side_message.side_conversation_id = :side
                order by side_attachment.id
                """)
            .param("side", id.value())
            .query((row, _) -> new Attached(row.getLong("side_message_id"), file(row)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Attached::message, Collectors.mapping(Attached::file, Collectors.toList())));
    return jdbc.sql("select * from side_message where side_conversation_id = :side order by id")
        .param("side", id.value())
        .query((row, _) -> message(row, files.getOrDefault(row.getLong("id"), List.of())))
        .list();
  }

  /// A file that stands in a side conversation.
  public Optional<SideMessage.File> file(SideId id, long file) {
    return jdbc.sql(
            """
            select side_attachment.*
            from side_attachment
            join side_message on side_message.id = side_attachment.side_message_id
            where side_attachment.id = :file and side_message.side_conversation_id = :side
            """)
        .param("side", id.value())
        .param("file", file)
        .query((row, _) -> file(row))
        .optional();
  }

  private static SideMessage message(ResultSet row, List<SideMessage.File> files)
      throws SQLException {
    var text = row.getString("text");
    @Nullable Integer fold = row.getObject("fold_at", Integer.class);
    int end = fold == null ? text.length() : Math.min(fold, text.length());
    return new SideMessage(
        row.getLong("id"),
        row.getString("direction").equals("in"),
        row.getString("author_name"),
        new SideMessage.Words(text.substring(0, end).strip(), text.substring(end).strip()),
        files,
        row.getBoolean("automatic"),
        TicketRows.at(row, "at"));
  }

  private static SideMessage.File file(ResultSet row) throws SQLException {
    return new SideMessage.File(
        row.getLong("id"),
        new FileId(row.getLong("file_id")),
        row.getString("name"),
        row.getString("type"),
        row.getLong("size"));
  }

  private static SideConversation.Partner partner(ResultSet row) throws SQLException {
    var address = row.getString("address");
    return new SideConversation.Partner(
        EmailAddress.parse(address)
            .orElseThrow(
                () -> new IllegalStateException("expected an address, but found " + address)),
        row.getString("name"));
  }

  private static SideConversation read(ResultSet row, int number) throws SQLException {
    return new SideConversation(
        new SideId(row.getLong("id")),
        new TicketId(row.getLong("ticket_id")),
        row.getString("subject"),
        partner(row),
        new SideConversation.Beginning(
            new AgentId(row.getLong("agent_id")),
            row.getString("agent_name"),
            TicketRows.at(row, "begun_at")),
        new SideConversation.Latest(
            row.getString("latest_direction").equals("in"),
            row.getString("latest_words").strip(),
            TicketRows.at(row, "latest_at")),
        row.getObject("closed_at") == null ? null : TicketRows.at(row, "closed_at"));
  }
}
