package dev.evergreen.server.ticket.search;

import dev.evergreen.server.ticket.Sight;
import dev.evergreen.server.ticket.search.SearchQuery.Word;
import dev.evergreen.server.ticket.view.ConditionSql;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The newest tickets that words occur on, ranked. Reads the index in blocks of numbers, from the
/// newest down: how many words match in one block says how large the next one may be. So common
/// words are found among the newest tickets, rare ones everywhere, each at about the same cost.
@Component
final class NewestMatches {
  static final int MOST = 2_000;

  /// Whoever finds so many by whole words misses none that only begin so.
  private static final int ENOUGH = 100;

  /// What is read of a block, and looked at in all, at most.
  private static final int PORTION = 4_000;

  private static final int LOOKED_AT = 16_000;

  private static final int[] LEVELS = {12, 16, 20};
  private static final String LETTERS = "abc";

  private final JdbcClient jdbc;

  NewestMatches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Match(long ticket, double score) {}

  /// @param isWhole whether every ticket was looked at
  record Matches(List<Match> ranked, boolean isWhole) {}

  private record Block(int matched, long lowest, List<Long> ids, List<Float> ranks) {}

  /// Whole words first. What the last one begins is looked for only where they occur on few
  /// tickets: the index reads everything that begins so, however old it is, which costs the more
  /// the longer the history.
  Matches of(List<Word> words, ConditionSql condition, Sight sight) {
    var whole = query(words, false);
    var matches = of(whole, condition, sight);
    if (matches.ranked().size() >= ENOUGH) {
      return matches;
    }
    var beginning = query(words, true);
    return beginning.equals(whole) ? matches : of(beginning, condition, sight);
  }

  private Matches of(String query, ConditionSql condition, Sight sight) {
    var parameters = new HashMap<String, Object>(condition.parameters());
    parameters.putAll(sight.parameters());
    parameters.put("words", query);
    var meant = condition.found() + " and " + condition.asked() + " and " + sight.condition();
    var ids = new ArrayList<Long>();
    var ranks = new ArrayList<Float>();
    long upper = newest() + 1;
    int level = 0;
    int looked = 0;
    while (upper > 1 && ids.size() < MOST && looked < LOOKED_AT) {
      long from = ((upper - 1) >> LEVELS[level]) << LEVELS[level];
      var name = "'~" + LETTERS.charAt(level) + (from >> LEVELS[level]) + "'";
      parameters.put("block", name);
      parameters.put("upper", upper);
      parameters.put("most", MOST - ids.size());
      var block = read(meant, parameters);
      ids.addAll(block.ids());
      ranks.addAll(block.ranks());
      looked += block.matched();
      if (block.matched() == PORTION) {
        upper = block.lowest();
        level = 0;
      } else {
        level = level(block.matched(), upper - from);
        upper = from;
      }
    }
    return new Matches(ranked(ids, ranks), upper <= 1 && ids.size() < MOST);
  }

  /// The largest block that as many as can be read at once are expected to match in.
  private static int level(int matched, long numbers) {
    int level = 0;
    while (level < LEVELS.length - 1
        && (double) matched / numbers * (1L << LEVELS[level + 1]) <= PORTION) {
      level++;
    }
    return level;
  }

  private long newest() {
    return jdbc.sql("select coalesce(max(ticket_id), 0) from ticket_text")
        .query(Long.class)
        .single();
  }

  private Block read(String meant, Map<String, Object> parameters) {
    return jdbc.sql(
            """
            (with matches as materialized (
               select ticket_text.ticket_id, ticket_text.document
               from ticket_text
               where ticket_text.document @@ (cast(:words as tsquery) && cast(:block as tsquery))
                 and ticket_text.ticket_id < :upper
               order by ticket_text.ticket_id desc
               limit :portion
             ), meant as (
               select ticket.id, ts_rank(matches.document, cast(:words as tsquery)) as rank
               from matches
               join ticket on ticket.id = matches.ticket_id
               where %1$s
               order by ticket.id desc
               limit :most
             )
             select
               (select count(*) from matches) as matched,
               (select min(ticket_id) from matches) as lowest,
               array(select id from meant order by id desc) as ids,
               array(select rank from meant order by id desc) as ranks)
            """
                .formatted(meant))
        .params(parameters)
        .param("portion", PORTION)
        .query((row, _) ->
            new Block(
                row.getInt("matched"),
                row.getLong("lowest"),
                List.of((Long[]) values(row.getArray("ids"))),
                List.of((Float[]) values(row.getArray("ranks")))))
        .single();
  }

  private static Object values(Array array) throws SQLException {
    return array.getArray();
  }

  /// A better match counts more, and of equal ones the newer.
  private static List<Match> ranked(List<Long> ids, List<Float> ranks) {
    var ranked = new ArrayList<Match>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      double recency = 1 - (double) i / MOST;
      ranked.add(new Match(ids.get(i), ranks.get(i) * (1 + recency)));
    }
    ranked.sort(
        Comparator.comparingDouble(Match::score).thenComparingLong(Match::ticket).reversed());
    return ranked;
  }

  /// The words as a query, made once for all blocks; what was typed is only ever a parameter.
  ///
  /// @param beginning whether the last may be a beginning
  private String query(List<Word> words, boolean beginning) {
    var parameters = new HashMap<String, Object>();
    var parts = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      parameters.put("word" + i, word.text());
      var query =
          word.isPhrase()
              ? "phraseto_tsquery('simple', search_folded(:word%d))".formatted(i)
              : "search_query(:word%d, %s)"
                  .formatted(i, beginning && i == words.size() - 1 && !word.isExcluded());
      parts.add(word.isExcluded() ? "!! " + query : query);
    }
    return jdbc.sql("(select cast(" + String.join(" && ", parts) + " as text))")
        .params(parameters)
        .query((row, _) -> row.getString(1))
        .single();
  }
}
