package dev.evergreen.server.ticket;

import static java.util.stream.Collectors.toMap;

import dev.evergreen.server.platform.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A part of what happened on all tickets of one customer, newest first.
///
/// @param before where the next part begins; null when this is the oldest
public record CustomerHistory(List<Line> lines, @Nullable Long before) {
  public CustomerHistory {
    lines = List.copyOf(lines);
  }

  /// Where an entry stands.
  record Place(TicketId ticket, String subject, long entry) {}

  /// @param words what was said or noted; empty for what was done
  public record Line(TicketId ticket, String subject, Ledger.Entry entry, String words) {}

  static CustomerHistory of(List<Place> places, int most, JdbcClient jdbc) {
    var shown = places.subList(0, Math.min(most, places.size()));
    if (shown.isEmpty()) {
      return new CustomerHistory(List.of(), null);
    }
    var ids = shown.stream().map(Place::entry).toArray(Long[]::new);
    Map<Long, Line> lines =
        jdbc
            .sql(
                """
                select
                  ledger.*,
                  coalesce(left(message.text, 400), left(note.text, 400), '') as words
                from ledger
                left join message
                  on message.ticket_id = ledger.subject_id
                  and message.revision = ledger.revision
                left join note
                  on note.ticket_id = ledger.subject_id and note.revision = ledger.revision
                where ledger.id = any(:ids)
                """)
            .param("ids", ids)
            .query((row, number) ->
                new Line(
                    new TicketId(row.getLong("subject_id")),
                    "",
                    Ledger.read(row, number),
                    row.getString("words")))
            .list()
            .stream()
            .collect(toMap(line -> line.entry().id(), Function.identity()));
    return new CustomerHistory(
        shown.stream()
            .flatMap(place ->
                Optional.ofNullable(lines.get(place.entry()))
                    .map(line ->
                        new Line(place.ticket(), place.subject(), line.entry(), line.words()))
                    .stream())
            .toList(),
        places.size() > most ? shown.getLast().entry() : null);
  }
}
