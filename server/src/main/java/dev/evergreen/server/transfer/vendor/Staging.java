package dev.evergreen.server.transfer.vendor;

import dev.evergreen.server.transfer.vendor.Vendor.Piece;
import dev.evergreen.server.transfer.vendor.Vendor.Pieces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Where the pieces of an export lie until their tickets are put together: in the database, so that
/// memory holds few of them however large the export is.
@Component
public final class Staging {
  private static final int BATCH = 500;
  private static final int REMEMBERED = 5_000;

  private final JdbcClient jdbc;

  Staging(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Begins a reading; nothing is laid aside yet.
  Reading begin() {
    return new Reading(
        jdbc.sql("select nextval('import_reading')").query((row, _) -> row.getLong(1)).single());
  }

  private record Row(String kind, String key, String owner, String place, String data) {}

  /// The pieces of one reading. Written by one thread; looked at by any.
  final class Reading implements Pieces, AutoCloseable {
    private final long number;
    private final List<Row> waiting = new ArrayList<>();
    private final Map<String, Piece> known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Piece> eldest) {
            return size() > REMEMBERED;
          }
        };

    private Reading(long number) {
      this.number = number;
    }

    void add(String kind, String key, String owner, String place, JsonNode data) {
      if (!key.isEmpty()) {
        waiting.add(new Row(kind, key, owner, place, clean(data.toString())));
        if (waiting.size() >= BATCH) {
          flush();
        }
      }
    }

    /// Remembers a piece that was just added, before it is written.
    void keep(String kind, String key, String place, JsonNode data) {
      synchronized (known) {
        known.put(kind + " " + key, new Piece(key, place, data));
      }
    }

    private static String clean(String text) {
      return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    /// Writes what waits. What comes again under the same key is newer and counts.
    void flush() {
      var rows = new LinkedHashMap<String, Row>();
      waiting.forEach(row -> rows.put(row.kind() + " " + row.key(), row));
      waiting.clear();
      if (rows.isEmpty()) {
        return;
      }
      var all = List.copyOf(rows.values());
      jdbc.sql(
              """
              insert into import_piece (reading, kind, key, owner, place, data)
              select :reading, kind, key, owner, place, data
              from unnest(
                cast(:kinds as text[]),
                cast(:keys as text[]),
                cast(:owners as text[]),
                cast(:places as text[]),
                cast(:data as text[])
              ) as piece (kind, key, owner, place, data)
              on conflict (reading, kind, key) do update
              set owner = excluded.owner, place = excluded.place, data = excluded.data
              """)
          .param("reading", number)
          .param("kinds", all.stream().map(Row::kind).toArray(String[]::new))
          .param("keys", all.stream().map(Row::key).toArray(String[]::new))
          .param("owners", all.stream().map(Row::owner).toArray(String[]::new))
          .param("places", all.stream().map(Row::place).toArray(String[]::new))
          .param("data", all.stream().map(Row::data).toArray(String[]::new))
          .update();
    }

    @Override
    public Piece get(String kind, String key) {
      if (key.isEmpty()) {
        return NONE;
      }
      synchronized (known) {
        var piece = known.get(kind + " " + key);
        if (piece == null) {
          flush();
          piece = read(kind, key);
          known.put(kind + " " + key, piece);
        }
        return piece;
      }
    }

    private Piece read(String kind, String key) {
      return jdbc.sql(
              """
              select key, place, data from import_piece
              where reading = :reading and kind = :kind and key = :key
              """)
          .param("reading", number)
          .param("kind", kind)
          .param("key", key)
          .query((row, _) ->
              piece(row.getString("key"), row.getString("place"), row.getString("data")))
          .optional()
          .orElse(NONE);
    }

    @Override
    public List<Piece> of(String kind, String owner) {
      return jdbc.sql(
              """
              select key, place, data from import_piece
              where reading = :reading and kind = :kind and owner = :owner
              order by key
              """)
          .param("reading", number)
          .param("kind", kind)
          .param("owner", owner)
          .query((row, _) ->
              piece(row.getString("key"), row.getString("place"), row.getString("data")))
          .list();
    }

    /// The pieces of a kind behind a key, in the order of their keys.
    List<Piece> after(String kind, String key, int most) {
      return jdbc.sql(
              """
              select key, place, data from import_piece
              where reading = :reading and kind = :kind and key > :key
              order by key
              limit :most
              """)
          .param("reading", number)
          .param("kind", kind)
          .param("key", key)
          .param("most", most)
          .query((row, _) ->
              piece(row.getString("key"), row.getString("place"), row.getString("data")))
          .list();
    }

    private static Piece piece(String key, String place, String data) {
      return new Piece(key, place, Json.MAPPER.readTree(data));
    }

    @Override
    public void close() {
      jdbc.sql("delete from import_piece where reading = :reading")
          .param("reading", number)
          .update();
    }
  }
}
