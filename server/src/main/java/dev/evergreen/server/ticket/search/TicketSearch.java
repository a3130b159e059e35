package dev.evergreen.server.ticket.search;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.VisibleTickets;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import dev.evergreen.server.ticket.search.NewestMatches.Match;
import dev.evergreen.server.ticket.search.SearchQuery.Word;
import dev.evergreen.server.ticket.view.Condition;
import dev.evergreen.server.ticket.view.ConditionSql;
import dev.evergreen.server.ticket.view.Order;
import dev.evergreen.server.ticket.view.Terms;
import dev.evergreen.server.ticket.view.ViewPage;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds tickets by what was typed: words anywhere on a ticket, ranked among the newest two
/// thousand that fit, and operators. Only operators: the tickets that fit, those that changed last
/// first. A number is also the ticket of that number.
@Component
public class TicketSearch {
  private static final int TEXTS = 8;
  private static final int TEXT = 3_000;

  private final JdbcClient jdbc;
  private final Tickets tickets;
  private final ViewPages pages;
  private final SearchFilter filter;
  private final NewestMatches matches;
  private final HiddenLinks links;

  TicketSearch(
      JdbcClient jdbc,
      Tickets tickets,
      ViewPages pages,
      SearchFilter filter,
      NewestMatches matches,
      HiddenLinks links) {
    this.jdbc = jdbc;
    this.tickets = tickets;
    this.pages = pages;
    this.filter = filter;
    this.matches = matches;
    this.links = links;
  }

  /// One page, at most `rows` long.
  ///
  /// @param after where the page before ended; empty for the first
  public Outcome<Found> find(String typed, String after, int rows, Viewpoint from) {
    return SearchQuery.of(typed)
        .fold(
            query ->
                filter
                    .of(query.asked())
                    .map(condition -> found(query, condition, after, rows, from)),
            refused -> Outcome.rejected(refused.reason(), refused.detail()));
  }

  /// The ticket whose number was typed, as `1042` or `#1042`.
  public Optional<TicketId> numbered(String typed, Viewpoint from) {
    var number = typed.strip().replaceFirst("^#", "");
    return number.matches("\\d{1,18}")
        ? tickets
            .visibleTo(from.agent())
            .get(new TicketId(Long.parseLong(number)))
            .map(ticket -> ticket.id())
        : Optional.empty();
  }

  private Found found(
      SearchQuery query, Condition condition, String after, int rows, Viewpoint from) {
    if (query.isEmpty()) {
      return Found.NOTHING;
    }
    return query.words().isEmpty()
        ? filtered(condition, after, rows, from)
        : ranked(query, condition, after, rows, from);
  }

  private Found filtered(Condition condition, String after, int rows, Viewpoint from) {
    var cursor = ViewPage.Cursor.of(after, Order.Usual.UPDATED).orElse(null);
    var page = pages.page(Terms.of(condition), cursor, rows, from);
    var hits =
        page.rows().stream()
            .map(row ->
                new Found.Hit(
                    row.ticket(),
                    row.customer(),
                    Marked.whole(row.ticket().subject(), List.of()),
                    Marked.whole("", List.of())))
            .toList();
    return new Found(
        hits, page.next() == null ? null : page.next().toString(), page.isLookedThrough());
  }

  private Found ranked(
      SearchQuery query, Condition condition, String after, int rows, Viewpoint from) {
    var visible = tickets.visibleTo(from.agent());
    var sql = new ConditionSql(condition, from);
    var found = matches.of(query.words(), sql, visible.sight());
    var all = new ArrayList<>(found.ranked());
    numbered(query, visible)
        .ifPresent(number -> {
          all.removeIf(match -> match.ticket() == number.value());
          all.addFirst(new Match(number.value(), Double.MAX_VALUE));
        });
    var page = all.stream().filter(match -> isBehind(match, after)).limit(rows + 1L).toList();
    boolean more = page.size() > rows;
    var shown = more ? page.subList(0, rows) : page;
    return new Found(
        hits(shown, wanted(query.words()), visible),
        more ? shown.getLast().score() + "_" + shown.getLast().ticket() : null,
        found.isWhole());
  }

  private Optional<TicketId> numbered(SearchQuery query, VisibleTickets visible) {
    return query.words().size() == 1 && query.asked().isEmpty()
        ? Optional.of(query.words().getFirst().text().replaceFirst("^#", ""))
            .filter(number -> number.matches("\\d{1,18}"))
            .flatMap(number -> visible.get(new TicketId(Long.parseLong(number))))
            .map(ticket -> ticket.id())
        : Optional.empty();
  }

  private static boolean isBehind(Match match, String after) {
    if (!after.matches("[0-9.E+-]{1,30}_\\d{1,18}")) {
      return true;
    }
    int bar = after.indexOf('_');
    try {
      double score = Double.parseDouble(after.substring(0, bar));
      return match.score() < score
          || (match.score() == score && match.ticket() < Long.parseLong(after.substring(bar + 1)));
    } catch (NumberFormatException _) {
      return true;
    }
  }

  private static List<String> wanted(List<Word> words) {
    return words.stream()
        .filter(word -> !word.isExcluded())
        .flatMap(word -> Arrays.stream(Marked.fold(word.text()).split("[^\\p{L}\\p{N}]+")))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private List<Found.Hit> hits(List<Match> shown, List<String> wanted, VisibleTickets visible) {
    var ids = shown.stream().map(Match::ticket).toArray(Long[]::new);
    var texts = texts(ids);
    var byId = new HashMap<Long, Found.Hit>();
    jdbc.sql(
            """
            select ticket.*, customer.name as customer_name
            from ticket
            join customer on customer.id = ticket.customer_id
            where ticket.id = any(:ids) and %s
            """
                .formatted(visible.sight().condition()))
        .params(visible.sight().parameters())
        .param("ids", ids)
        .query((row, number) -> {
          var ticket = TicketRows.ticket(row, number);
          var written = texts.getOrDefault(ticket.id().value(), List.of());
          return new Found.Hit(
              ticket,
              row.getString("customer_name"),
              Marked.whole(ticket.subject(), wanted),
              best(written, wanted));
        })
        .list()
        .forEach(hit -> byId.put(hit.ticket().id().value(), hit));
    return Stream.of(ids).flatMap(id -> Stream.ofNullable(byId.get(id))).toList();
  }

  /// The newest text that says what was searched for, else the newest one.
  private static Marked best(List<String> texts, List<String> wanted) {
    return texts.stream()
        .map(text -> Marked.around(text, wanted))
        .filter(Marked::hasMarks)
        .findFirst()
        .orElseGet(() -> Marked.around(texts.isEmpty() ? "" : texts.getFirst(), wanted));
  }

  /// What was said and noted last on each of these, newest first, without what repeats earlier
  /// messages.
  private Map<Long, List<String>> texts(Long[] ids) {
    record Written(long ticket, String text) {}
    var texts = new HashMap<Long, List<String>>();
    jdbc.sql(
            """
            select wanted.id, written.text
            from unnest(cast(:ids as bigint[])) as wanted (id)
            cross join lateral (
              (select revision, left(text, least(:letters, coalesce(fold_at, :letters))) as text
               from message
               where ticket_id = wanted.id
               order by revision desc
               limit :texts)
              union all
              (select revision, left(text, :letters) as text
               from note
               where ticket_id = wanted.id
               order by revision desc
               limit :texts)
            ) as written
            order by wanted.id, written.revision desc
            """)
        .param("ids", ids)
        .param("letters", TEXT)
        .param("texts", TEXTS)
        .query((row, _) -> new Written(row.getLong("id"), links.hidden(row.getString("text"))))
        .list()
        .forEach(
            one -> texts.computeIfAbsent(one.ticket(), _ -> new ArrayList<>()).add(one.text()));
    return texts;
  }
}
