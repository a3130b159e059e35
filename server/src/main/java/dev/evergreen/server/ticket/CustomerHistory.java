package dev.evergreen.server.ticket;

import static java.util.stream.Collectors.toMap;

import dev.evergreen.server.platform.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A part of what happened on all tickets of one customer, newest first. The months are looked
/// through from the newest back, ever more of them at once, until a page is full: somebody who
/// wrote yesterday costs the same however long they have been a customer.
///
/// @param before where the next part begins; null when this is the oldest
public record CustomerHistory(List<Line> lines, @Nullable Place before) {
  private static final List<Duration> SPANS =
      List.of(
          Duration.ofDays(31), Duration.ofDays(92), Duration.ofDays(366), Duration.ofDays(100_000));

  /// A clock that was set back must not hide anything.
  private static final Duration SLACK = Duration.ofDays(1);

  public CustomerHistory {
    lines = List.copyOf(lines);
  }

  /// Where an entry stands in the order of time.
  public record Place(Instant at, long entry) {
    /// Behind everything that has happened.
    public static Place end(Instant now) {
      return new Place(now.plus(Duration.ofDays(1)), Long.MAX_VALUE);
    }

    /// As links carry it; empty for what is none.
    public static Optional<Place> of(String text) {
      if (!text.matches("\\d{1,12}\\.\\d{6}_-?\\d{1,18}")) {
        return Optional.empty();
      }
      int dot = text.indexOf('.');
      int bar = text.indexOf('_');
      return Optional.of(
          new Place(
              Instant.ofEpochSecond(
                  Long.parseLong(text.substring(0, dot)),
                  1_000L * Long.parseLong(text.substring(dot + 1, bar))),
              Long.parseLong(text.substring(bar + 1))));
    }

    @Override
    public String toString() {
      return "%d.%06d_%d".formatted(at.getEpochSecond(), at.getNano() / 1_000, entry);
    }
  }

  /// A ticket that may be told of.
  record Told(long ticket, String subject, Instant openedAt) {}

  /// @param words what was said or noted; empty for what was done
  public record Line(TicketId ticket, String subject, Ledger.Entry entry, String words) {}

  static CustomerHistory of(List<Told> tickets, Place before, int most, JdbcClient jdbc) {
    var places = places(tickets, before, most + 1, jdbc);
    var shown = places.subList(0, Math.min(most, places.size()));
    if (shown.isEmpty()) {
      return new CustomerHistory(List.of(), null);
    }
    var subjects = tickets.stream().collect(toMap(Told::ticket, Told::subject));
    var lines = lines(shown, subjects, jdbc);
    return new CustomerHistory(
        shown.stream()
            .flatMap(place -> Optional.ofNullable(lines.get(place.entry())).stream())
            .toList(),
        places.size() > most ? shown.getLast() : null);
  }

  private static List<Place> places(List<Told> tickets, Place before, int most, JdbcClient jdbc) {
    var places = new ArrayList<Place>();
    var first = tickets.stream().map(Told::openedAt).min(Comparator.naturalOrder()).orElse(null);
    var last = before;
    for (var span : SPANS) {
      if (first == null || places.size() >= most || last.at().isBefore(first.minus(SLACK))) {
        break;
      }
      var since = last.at().minus(span);
      var found = places(tickets, since, last, most - places.size(), jdbc);
      places.addAll(found);
      last = new Place(since, Long.MIN_VALUE);
    }
    return places;
  }

  private static List<Place> places(
      List<Told> tickets, Instant since, Place before, int most, JdbcClient jdbc) {
    return jdbc.sql(
            """
            select ledger.at, ledger.id from ledger
            where ledger.subject_kind = 'ticket'
              and ledger.subject_id = any(:tickets)
              and ledger.at >= :since
              and ledger.at <= :until
              and (ledger.at, ledger.id) < (:until, :entry)
            order by ledger.at desc, ledger.id desc
            limit :most
            """)
        .param(
            "tickets",
            tickets.stream()
                .filter(ticket -> !ticket.openedAt().minus(SLACK).isAfter(before.at()))
                .map(Told::ticket)
                .toArray(Long[]::new))
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("until", before.at().atOffset(ZoneOffset.UTC))
        .param("entry", before.entry())
        .param("most", most)
        .query((row, _) -> new Place(TicketRows.at(row, "at"), row.getLong("id")))
        .list();
  }

  private static Map<Long, Line> lines(
      List<Place> shown, Map<Long, String> subjects, JdbcClient jdbc) {
    return jdbc
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
            where ledger.id = any(:ids) and ledger.at between :oldest and :newest
            """)
        .param("ids", shown.stream().map(Place::entry).toArray(Long[]::new))
        .param("oldest", shown.getLast().at().atOffset(ZoneOffset.UTC))
        .param("newest", shown.getFirst().at().atOffset(ZoneOffset.UTC))
        .query((row, number) ->
            new Line(
                new TicketId(row.getLong("subject_id")),
                Objects.requireNonNullElse(subjects.get(row.getLong("subject_id")), ""),
                Ledger.read(row, number),
                row.getString("words")))
        .list()
        .stream()
        .collect(toMap(line -> line.entry().id(), Function.identity()));
  }
}
