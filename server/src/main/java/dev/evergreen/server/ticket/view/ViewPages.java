package dev.evergreen.server.ticket.view;

import dev.evergreen.server.ticket.Sight;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketRows;
import dev.evergreen.server.ticket.Tickets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the tickets of a view. What it costs is bounded whatever the condition: an index gives
/// tickets in the view's order, of which a limited number is looked at for one page; when few of
/// those are meant, the page says how far it looked, and the next one goes on from there. A grouped
/// view puts the first two thousand together, and one in the order of an own field those two
/// thousand in order that changed last.
@Component
public class ViewPages {
  /// How many rows are looked at for a page; if those do not fill it, the larger number.
  static final int FEW = 2_000;

  static final int MANY = 20_000;
  static final int GROUPED = 2_000;
  private static final int LOOKED_AT_TO_COUNT = 5_000;

  private static final String PAGE =
      """
      (select
         ticket.*, customer.name as customer_name, '' as in_group, '' as in_place, %9$s as own
       from (
         select ticket.*
         from (%7$s) as ticket
         where %3$s
         order by %8$s
         limit :limit) as ticket
       join customer on customer.id = ticket.customer_id
       order by %8$s)
      """;

  private static final String GROUPED_PAGE =
      """
      (select ticket.*, customer.name as customer_name, %9$s as own
       from (
         select ticket.*, %5$s as in_group, %10$s as in_place
         from (%7$s) as ticket
         where %3$s
         order by %8$s
         limit :grouped) as ticket
       join customer on customer.id = ticket.customer_id
       where %6$s
       order by in_group, in_place %11$s, ticket.id %11$s
       limit :limit)
      """;

  private static final String LAST_LOOKED_AT =
      """
      (select ticket.* from ticket where %1$s and %2$s order by %4$s offset :most limit 1)
      """;

  private static final String COUNT =
      """
      (select count(*) filter (where %3$s), count(*)
       from (select ticket.* from ticket where %1$s and %2$s limit :most) as ticket)
      """;

  private static final String NUMBERS =
      """
      (select ticket.id, ticket.revision
       from (%7$s) as ticket
       where %3$s
       order by %8$s
       limit :limit)
      """;

  private final JdbcClient jdbc;
  private final Tickets tickets;

  ViewPages(JdbcClient jdbc, Tickets tickets) {
    this.jdbc = jdbc;
    this.tickets = tickets;
  }

  /// One page, at most `rows` long. Reading on costs the same at any depth.
  public ViewPage page(Terms terms, ViewPage.@Nullable Cursor after, int rows, Viewpoint from) {
    var query = new Query(terms, after, from);
    if (terms.isReadTogether()) {
      return page(query.read(GROUPED_PAGE, MANY, rows + 1), rows, terms, true);
    }
    var found = query.read(PAGE, FEW, rows + 1);
    var last = Optional.<ViewPage.Cursor>empty();
    if (found.size() <= rows && query.wasCut(FEW)) {
      found = query.read(PAGE, MANY, rows + 1);
      last = found.size() <= rows ? query.lastLookedAt(MANY) : last;
    }
    return last.isPresent()
        ? new ViewPage(found, last.get(), false)
        : page(found, rows, terms, true);
  }

  /// How many tickets a view holds.
  ///
  /// @param number counted no further than `most`
  /// @param isAll whether there are no more
  public record Count(int number, boolean isAll) {}

  /// Counts no further than `most`, nor among more tickets than a page would look at.
  public Count count(Condition condition, int most, Viewpoint from) {
    var query = new Query(Terms.of(condition), null, from);
    int looked = query.condition.isFoundWhole() ? most + 1 : LOOKED_AT_TO_COUNT;
    return query
        .statement(COUNT)
        .param("most", looked)
        .query((row, _) ->
            new Count(
                Math.min(most, row.getInt(1)), row.getInt(1) <= most && row.getInt(2) < looked))
        .single();
  }

  /// The tickets of a view in its order with the revisions that they have now, at most so many.
  public Map<TicketId, Long> numbers(Terms terms, int most, Viewpoint from) {
    var found = new java.util.LinkedHashMap<TicketId, Long>();
    new Query(terms, null, from)
        .statement(NUMBERS)
        .param("most", MANY)
        .param("limit", most)
        .query((row, _) -> Map.entry(new TicketId(row.getLong("id")), row.getLong("revision")))
        .list()
        .forEach(one -> found.put(one.getKey(), one.getValue()));
    return found;
  }

  /// The plan of the statement that reads a page, for those who want to know what it looks at.
  List<String> plan(Terms terms, Viewpoint from) {
    return new Query(terms, null, from)
        .statement("explain " + (terms.isReadTogether() ? GROUPED_PAGE : PAGE))
        .param("most", FEW)
        .param("limit", 26)
        .param("grouped", GROUPED)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static ViewPage page(List<ViewPage.Row> found, int rows, Terms terms, boolean whole) {
    if (found.size() <= rows) {
      return new ViewPage(found, null, whole);
    }
    return new ViewPage(
        found.subList(0, rows), ViewPage.Cursor.after(found.get(rows - 1), terms.order()), whole);
  }

  /// What one reader asks of the tickets.
  private final class Query {
    private final Terms terms;
    private final ConditionSql condition;
    private final Sight sight;
    private final Map<String, Object> parameters;
    private final String from;
    private final String groupedFrom;
    private final String order;
    private final String outerOrder;

    Query(Terms terms, ViewPage.@Nullable Cursor after, Viewpoint viewpoint) {
      this.terms = terms;
      condition = ConditionSql.ofList(terms.condition(), viewpoint);
      sight = tickets.visibleTo(viewpoint.agent()).sight();
      parameters = new HashMap<>(condition.parameters());
      parameters.putAll(sight.parameters());
      var way = terms.isLookedDown() ? " desc" : " asc";
      var looked = terms.looked().sql(terms.isLookedDown());
      order = looked + way + ", ticket.id" + way;
      outerOrder = "ticket.in_order" + way + ", ticket.id" + way;
      if (after == null) {
        from = "true";
        groupedFrom = "true";
      } else {
        boolean together = terms.isReadTogether();
        var behind =
            "(%s, ticket.id) %s (cast(:afterKey as %s), :afterTicket)"
                .formatted(
                    together ? "in_place" : looked,
                    terms.descending() ? "<" : ">",
                    terms.order().type());
        from = together ? "true" : behind;
        groupedFrom = "(in_group > :afterGroup or in_group = :afterGroup and " + behind + ")";
        parameters.put("afterKey", key(after));
        parameters.put("afterTicket", after.ticket());
        if (together) {
          parameters.put("afterGroup", after.group());
        }
      }
    }

    private Object key(ViewPage.Cursor after) {
      return switch (terms.order()) {
        case Order.Usual.PRIORITY -> Integer.valueOf(after.key());
        case Order.Usual _ -> after.key();
        case Order.Own _ -> Order.Own.read(after.key());
      };
    }

    /// What the columns say of own fields, in their order.
    private String own() {
      var values =
          terms.ownColumns().stream()
              .map(field -> "coalesce(" + OwnFieldKey.words(field) + ", '')")
              .collect(Collectors.joining(", "));
      return "cast(array[" + values + "] as text[])";
    }

    JdbcClient.StatementSpec statement(String form) {
      var found = condition.found() + " and " + sight.condition();
      return jdbc.sql(
              form.formatted(
                  found,
                  from,
                  condition.asked(),
                  order,
                  terms.grouping().sql(),
                  groupedFrom,
                  lookedAt(found),
                  outerOrder,
                  own(),
                  terms.order().sql(terms.descending()),
                  terms.descending() ? "desc" : "asc"))
          .params(parameters);
    }

    /// The rows looked at. The place in the order has a name, by which the planner knows that they
    /// come in it already.
    private String lookedAt(String found) {
      return """
      -- of one index
      select ticket.*, %3$s as in_order from ticket where %1$s and %2$s order by %4$s limit :most
      """
          .formatted(found, from, terms.looked().sql(terms.isLookedDown()), order);
    }

    List<ViewPage.Row> read(String form, int most, int limit) {
      return statement(form)
          .param("most", most)
          .param("limit", limit)
          .param("grouped", GROUPED)
          .query((row, number) ->
              new ViewPage.Row(
                  TicketRows.ticket(row, number),
                  row.getString("customer_name"),
                  new ViewPage.Place(
                      row.getString("in_group"),
                      row.getString("in_place"),
                      List.of((String[]) row.getArray("own").getArray()))))
          .list();
    }

    /// Whether the index had more than so many tickets to look at.
    boolean wasCut(int most) {
      return !condition.isFoundWhole() && lastLookedAt(most).isPresent();
    }

    Optional<ViewPage.Cursor> lastLookedAt(int most) {
      return statement(LAST_LOOKED_AT)
          .param("most", most - 1)
          .query(TicketRows::ticket)
          .optional()
          .map(ticket -> ViewPage.Cursor.at(ticket, terms.looked()));
    }
  }
}
