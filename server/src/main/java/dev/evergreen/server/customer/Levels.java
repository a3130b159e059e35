package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The priorities that customers can have, VIP and the team's own.
@Component
public class Levels {
  private final JdbcClient database;
  private final Customers customers;

  Levels(JdbcClient database, Customers customers) {
    this.database = database;
    this.customers = customers;
  }

  /// The highest first.
  public List<Level> all() {
    return database
        .sql("select key, name, rank from customer_level order by rank desc, name")
        .query(
            (row, _) -> new Level(row.getString("key"), row.getString("name"), row.getInt("rank")))
        .list();
  }

  public Outcome<Level> add(String name, int rank) {
    var clean = name.strip();
    var key = Keys.of(clean);
    if (clean.isEmpty() || clean.length() > 40 || key.isEmpty() || key.equals(Level.NORMAL)) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a name of 1 to 40 letters that is not “normal”.");
    }
    try {
      database
          .sql("insert into customer_level (key, name, rank) values (:key, :name, :rank)")
          .param("key", key)
          .param("name", clean)
          .param("rank", rank)
          .update();
      return Outcome.accepted(new Level(key, clean, rank));
    } catch (DuplicateKeyException _) {
      return Outcome.rejected(Reason.TAKEN, "There is a priority called “" + clean + "” already.");
    }
  }

  /// Takes a priority away that nobody has.
  public Outcome<String> remove(String key) {
    try {
      database.sql("delete from customer_level where key = :key").param("key", key).update();
      return Outcome.accepted(key);
    } catch (DataIntegrityViolationException _) {
      return Outcome.rejected(
          Reason.TAKEN, "Some customers or a segment have this priority; change them first.");
    }
  }

  /// Puts a customer before others, or among them with null.
  @Transactional
  public Outcome<Customer> give(CustomerId id, @Nullable String level, Actor by) {
    if (level != null && all().stream().noneMatch(known -> known.key().equals(level))) {
      return Outcome.rejected(Reason.INVALID, "There is no priority “" + level + "”.");
    }
    Optional<Long> revision =
        database
            .sql(
                """
                update customer set level = cast(:level as text), revision = revision + 1
                where id = :id and erased_at is null
                returning revision
                """)
            .param("id", id.value())
            .param("level", level)
            .query(Long.class)
            .optional();
    return customers.recorded(
        id,
        revision,
        "customer.priority-changed",
        by,
        Map.of("level", level == null ? Level.NORMAL : level));
  }

  /// Keys made of names.
  static final class Keys {
    private Keys() {}

    static String of(String name) {
      var key =
          java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKD)
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\p{M}+", "")
              .replaceAll("[^a-z0-9]+", "-")
              .replaceAll("^[^a-z]+|-+$", "");
      return key.length() <= 40 ? key : key.substring(0, 40).replaceAll("-+$", "");
    }
  }
}
