package dev.evergreen.server.ticket;

import static dev.evergreen.server.ticket.TicketWriting.parameters;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The words that tickets are tagged with. Tickets keep their ids, so that renaming and merging
/// touch no ticket.
@Component
public class Tags {
  private static final Pattern NAME = Pattern.compile("[^\\s,]{1,40}");
  private static final int MOST = 30;

  private final JdbcClient jdbc;
  private final TicketWriting writing;
  private final Setup setup;
  private final DatabaseClock clock;

  Tags(JdbcClient jdbc, TicketWriting writing, Setup setup, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.writing = writing;
    this.setup = setup;
    this.clock = clock;
  }

  /// Those in use, by name, at most `most`.
  public List<Tag> all(int most) {
    return jdbc.sql("select id, name from tag where merged_into is null order by name limit :most")
        .param("most", most)
        .query((row, _) -> new Tag(row.getLong("id"), row.getString("name")))
        .list();
  }

  /// Those whose names begin so, to complete what is typed.
  public List<Tag> beginning(String typed, int most) {
    return jdbc.sql(
            """
            select id, name from tag
            where merged_into is null and starts_with(name, :typed)
            order by name
            limit :most
            """)
        .param("typed", typed.strip().toLowerCase(Locale.ROOT))
        .param("most", most)
        .query((row, _) -> new Tag(row.getLong("id"), row.getString("name")))
        .list();
  }

  /// The names of these, each once; of one that was merged, that of the other.
  public List<String> names(Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select distinct coalesce(other.name, tag.name) as name
                from tag
                left join tag as other on other.id = tag.merged_into
                where tag.id = any(:ids)
                order by name
                """)
            .param("ids", ids.toArray(Long[]::new))
            .query((row, _) -> row.getString("name"))
            .list();
  }

  @Transactional
  public Outcome<Ticket> add(TicketId id, String name, Actor by) {
    var word = name.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(word).matches()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected a tag of 1 to 40 letters without spaces and commas, but found “"
              + name.strip()
              + "”.");
    }
    var before = writing.locked(id);
    if (before.state().sorted().tags().size() >= MOST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at most " + MOST + " tags on a ticket; take one off first.");
    }
    if (names(before.state().sorted().tags()).contains(word)) {
      return Outcome.accepted(before);
    }
    var tag = idOf(word);
    return Outcome.accepted(
        changed(
            before,
            Stream.concat(before.state().sorted().tags().stream(), Stream.of(tag)).toList(),
            Map.of("added", word),
            by));
  }

  @Transactional
  public Outcome<Ticket> remove(TicketId id, String name, Actor by) {
    var before = writing.locked(id);
    var word = name.strip().toLowerCase(Locale.ROOT);
    var left =
        before.state().sorted().tags().stream()
            .filter(tag -> !names(List.of(tag)).contains(word))
            .toList();
    return Outcome.accepted(
        left.size() == before.state().sorted().tags().size()
            ? before
            : changed(before, left, Map.of("removed", word), by));
  }

  private Ticket changed(Ticket before, List<Long> tags, Map<String, Object> data, Actor by) {
    var ticket =
        writing.update(
            """
            update ticket
            set
              tags = nullif(cast(:tags as bigint[]), '{}'),
              updated_at = :at,
              revision = revision + 1
            where id = :id
            returning *
            """,
            before.id(),
            parameters(
                "tags", new LinkedHashSet<>(tags).toArray(Long[]::new),
                "at", TicketRows.stored(clock.instant())));
    writing.append(ticket, "ticket.tagged", by, new HashMap<>(data));
    return ticket;
  }

  /// The tag of that name, which is made when there is none; for one that was merged, the other.
  private long idOf(String word) {
    jdbc.sql("insert into tag (name) values (:name) on conflict (name) do nothing")
        .param("name", word)
        .update();
    return jdbc.sql("select coalesce(merged_into, id) as id from tag where name = :name")
        .param("name", word)
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// The tags of these names, which are well formed; those that are not there are made. For one
  /// that was merged, the other. In the caller's transaction.
  @Transactional
  public Map<String, Long> idsOf(Collection<String> names) {
    var ordered = names.stream().sorted().toArray(String[]::new);
    jdbc.sql(
            """
            insert into tag (name)
            select name from unnest(cast(:names as text[])) as given (name)
            on conflict (name) do nothing
            """)
        .param("names", ordered)
        .update();
    var ids = new HashMap<String, Long>();
    jdbc.sql("select name, coalesce(merged_into, id) as id from tag where name = any(:names)")
        .param("names", ordered)
        .query((row, _) -> ids.put(row.getString("name"), row.getLong("id")))
        .list();
    return ids;
  }

  /// Gives a tag another name on every ticket. A name that another tag has merges the two.
  @Transactional
  public Outcome<String> rename(long id, String name, Actor by) {
    setup.lock();
    var word = name.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(word).matches()) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected a tag of 1 to 40 letters without spaces and commas, but found “"
              + name.strip()
              + "”.");
    }
    var before = nameOf(id);
    if (before.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no such tag, or it was merged.");
    }
    if (before.get().equals(word)) {
      return Outcome.accepted("It was called so already.");
    }
    var data = Map.<String, Object>of("before", before.get(), "after", word);
    Function<Long, String> merge =
        into -> {
          merge(id, into);
          setup.record("tag.merged", by, data);
          return "Merged: what was tagged “%s” is tagged “%s” now.".formatted(before.get(), word);
        };
    return Outcome.accepted(
        takenBy(id, word)
            .map(merge)
            .orElseGet(() -> {
              jdbc.sql("update tag set name = :name where id = :id")
                  .param("name", word)
                  .param("id", id)
                  .update();
              setup.record("tag.renamed", by, data);
              return "Renamed on every ticket.";
            }));
  }

  private Optional<String> nameOf(long id) {
    return jdbc.sql("select name from tag where id = :id and merged_into is null")
        .param("id", id)
        .query((row, _) -> row.getString("name"))
        .optional();
  }

  private Optional<Long> takenBy(long id, String word) {
    return jdbc.sql("select coalesce(merged_into, id) as id from tag where name = :name")
        .param("name", word)
        .query((row, _) -> row.getLong("id"))
        .optional()
        .filter(other -> other != id);
  }

  /// What had gone into the one goes on into the other, so that one step always leads to the end.
  private void merge(long from, long into) {
    jdbc.sql("update tag set merged_into = :into where id = :from or merged_into = :from")
        .param("from", from)
        .param("into", into)
        .update();
  }
}
