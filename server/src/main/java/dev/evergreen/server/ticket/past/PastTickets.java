package dev.evergreen.server.ticket.past;

import dev.evergreen.server.platform.PastEntries;
import dev.evergreen.server.ticket.TicketId;
import java.util.Iterator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Takes tickets over with their whole past, many in one transaction: rows, timeline, ledger and
/// the words that search finds, as if they had been here from their first day. Nobody hears of it
/// ([PastEntries] says why): no workflow starts, nothing is sent.
@Component
public class PastTickets {
  private final JdbcClient jdbc;
  private final PastEntries past;

  PastTickets(JdbcClient jdbc, PastEntries past) {
    this.jdbc = jdbc;
    this.past = past;
  }

  /// Writes them and tells their ids, in their order. In the caller's transaction.
  ///
  /// @param by who has them taken over, and from where: the last entry of each timeline
  @Transactional
  public List<TicketId> add(List<PastTicket> tickets, List<PastTicket.Entry.Happened> by) {
    if (tickets.isEmpty()) {
      return List.of();
    }
    var rows = new PastRows(ids(tickets), messageIds(tickets));
    for (int i = 0; i < tickets.size(); i++) {
      rows.add(tickets.get(i), by.get(i));
    }
    insertTickets(rows);
    insertMessages(rows);
    insertNotes(rows);
    insertAttachments(rows);
    insertWords(rows);
    past.write(rows.entries());
    return rows.tickets();
  }

  private Iterator<Long> ids(List<PastTicket> tickets) {
    return drawn("ticket", tickets.size());
  }

  private Iterator<Long> messageIds(List<PastTicket> tickets) {
    return drawn(
        "message",
        tickets.stream()
            .flatMap(ticket -> ticket.entries().stream())
            .filter(PastTicket.Entry.Said.class::isInstance)
            .count());
  }

  /// Numbers for rows that are written later, all in one trip.
  private Iterator<Long> drawn(String table, long count) {
    return jdbc.sql(
            """
            select nextval(pg_get_serial_sequence(:table, 'id')) as id
            from generate_series(1, :count)
            """)
        .param("table", table)
        .param("count", count)
        .query((row, _) -> row.getLong("id"))
        .list()
        .iterator();
  }

  private void insertTickets(PastRows rows) {
    jdbc.sql(
            """
            insert into ticket (
              id, subject, customer_id, channel, status, status_id, priority, priority_reason,
              category, type, severity, solution, outcome, root_cause, team_id, agent_id, tags,
              fields, preview, opened_at, updated_at, answered_at, closed_at, archived_at, reopened,
              revision
            )
            select
              id, subject, customer_id, channel, status, status_id, priority, priority_reason,
              category, type, severity, 'none', outcome, root_cause, team_id, agent_id,
              cast(tags as bigint[]), cast(fields as jsonb), preview, opened_at, updated_at,
              answered_at, closed_at, archived_at, reopened, revision
            from unnest(
              cast(:id as bigint[]),
              cast(:subject as text[]),
              cast(:customer_id as bigint[]),
              cast(:channel as text[]),
              cast(:status as text[]),
              cast(:status_id as bigint[]),
              cast(:priority as text[]),
              cast(:priority_reason as text[]),
              cast(:category as text[]),
              cast(:type as text[]),
              cast(:severity as text[]),
              cast(:outcome as text[]),
              cast(:root_cause as text[]),
              cast(:team_id as bigint[]),
              cast(:agent_id as bigint[]),
              cast(:tags as text[]),
              cast(:fields as text[]),
              cast(:preview as text[]),
              cast(:opened_at as timestamptz[]),
              cast(:updated_at as timestamptz[]),
              cast(:answered_at as timestamptz[]),
              cast(:closed_at as timestamptz[]),
              cast(:archived_at as timestamptz[]),
              cast(:reopened as integer[]),
              cast(:revision as bigint[])
            ) as taken (
              id, subject, customer_id, channel, status, status_id, priority, priority_reason,
              category, type, severity, outcome, root_cause, team_id, agent_id, tags, fields,
              preview, opened_at, updated_at, answered_at, closed_at, archived_at, reopened,
              revision)
            """)
        .params(rows.of("ticket"))
        .update();
  }

  private void insertMessages(PastRows rows) {
    if (rows.has("message")) {
      jdbc.sql(
              """
              insert into message (
                id, ticket_id, revision, direction, author_kind, author_id, author_name, text, html,
                fold_at, mail_id, at
              )
              select *
              from unnest(
                cast(:id as bigint[]),
                cast(:ticket_id as bigint[]),
                cast(:revision as bigint[]),
                cast(:direction as text[]),
                cast(:author_kind as text[]),
                cast(:author_id as bigint[]),
                cast(:author_name as text[]),
                cast(:text as text[]),
                cast(:html as text[]),
                cast(:fold_at as integer[]),
                cast(:mail_id as text[]),
                cast(:at as timestamptz[])
              )
              """)
          .params(rows.of("message"))
          .update();
    }
  }

  private void insertNotes(PastRows rows) {
    if (rows.has("note")) {
      jdbc.sql(
              """
              insert into note (ticket_id, revision, agent_id, author_name, text, at)
              select *
              from unnest(
                cast(:ticket_id as bigint[]),
                cast(:revision as bigint[]),
                cast(:agent_id as bigint[]),
                cast(:author_name as text[]),
                cast(:text as text[]),
                cast(:at as timestamptz[])
              )
              """)
          .params(rows.of("note"))
          .update();
    }
  }

  private void insertAttachments(PastRows rows) {
    if (rows.has("attachment")) {
      jdbc.sql(
              """
              insert into attachment (message_id, file_id, name, type, size, content_id)
              select *
              from unnest(
                cast(:message_id as bigint[]),
                cast(:file_id as bigint[]),
                cast(:name as text[]),
                cast(:type as text[]),
                cast(:size as bigint[]),
                cast(:content_id as text[])
              )
              """)
          .params(rows.of("attachment"))
          .update();
    }
  }

  /// The words of each ticket at once, as they would have come one message after the other.
  private void insertWords(PastRows rows) {
    jdbc.sql(
            """
            insert into ticket_text (ticket_id, letters, document)
            select
              said.ticket_id,
              length(said.text),
              setweight(search_words(said.subject), 'A')
                || setweight(
                  search_words(
                    concat_ws(
                      ' ',
                      (select name from customer where id = said.customer_id),
                      (select string_agg(address || ' ' || translate(address, '@.-_+', '     '), ' ')
                       from customer_address
                       where customer = said.customer_id)
                    )
                  ),
                  'B'
                )
                || search_words(said.text)
                || array_to_tsvector(
                  array[
                    '~a' || (said.ticket_id >> 12),
                    '~b' || (said.ticket_id >> 16),
                    '~c' || (said.ticket_id >> 20)
                  ]
                )
            from unnest(
              cast(:ticket_id as bigint[]),
              cast(:customer_id as bigint[]),
              cast(:subject as text[]),
              cast(:text as text[])
            ) as said (ticket_id, customer_id, subject, text)
            """)
        .params(rows.of("words"))
        .update();
  }
}
