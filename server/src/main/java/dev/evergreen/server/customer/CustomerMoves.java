package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Moves what belongs to one record of a person to another, and back: what they are recognized by,
/// segments, consents, and what other modules have of them. In the caller's transaction.
@Component
final class CustomerMoves {
  private static final int MOST_COUNTED = 1_000;

  private final JdbcClient database;
  private final List<FollowsCustomer> followers;

  CustomerMoves(JdbcClient database, List<FollowsCustomer> followers) {
    this.database = database;
    this.followers = List.copyOf(followers);
  }

  /// What was moved, by key or id.
  record Moved(
      List<String> addresses,
      List<List<String>> identities,
      List<Long> segments,
      List<Long> consents,
      Map<String, List<Long>> followers) {}

  /// How much of what other modules have would move, by its name.
  Map<String, Integer> count(CustomerId of) {
    var counts = new LinkedHashMap<String, Integer>();
    followers.forEach(one -> counts.put(one.name(), one.count(of, MOST_COUNTED)));
    return counts;
  }

  Moved move(CustomerId from, CustomerId to, Actor by) {
    var addresses =
        database
            .sql(
                """
                update customer_address set customer = :to where customer = :from
                returning address
                """)
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> row.getString("address"))
            .list();
    var identities =
        database
            .sql(
                """
                update customer_identity set customer = :to where customer = :from
                returning kind, value
                """)
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> List.of(row.getString("kind"), row.getString("value")))
            .list();
    var segments =
        database
            .sql(
                """
                insert into segment_member (segment, customer)
                select segment, :to from segment_member where customer = :from
                on conflict (segment, customer) do nothing
                returning segment
                """)
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> row.getLong("segment"))
            .list();
    var consents =
        database
            .sql("update consent set customer = :to where customer = :from returning id")
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> row.getLong("id"))
            .list();
    var others = new LinkedHashMap<String, List<Long>>();
    followers.forEach(one -> others.put(one.name(), one.move(from, to, by)));
    return new Moved(addresses, identities, segments, consents, others);
  }

  /// What still is where it went goes back.
  void moveBack(Moved moved, CustomerMerge merge, Actor by) {
    var parameters = Map.of("source", merge.source().value(), "target", merge.target().value());
    database
        .sql(
            """
            update customer_address set customer = :source
            where address = any(:addresses) and customer = :target
            """)
        .params(parameters)
        .param("addresses", moved.addresses().toArray(String[]::new))
        .update();
    for (var identity : moved.identities()) {
      database
          .sql(
              """
              update customer_identity set customer = :source
              where kind = :kind and value = :value and customer = :target
              """)
          .params(parameters)
          .param("kind", identity.getFirst())
          .param("value", identity.getLast())
          .update();
    }
    database
        .sql("delete from segment_member where customer = :target and segment = any(:segments)")
        .param("target", merge.target().value())
        .param("segments", moved.segments().toArray(Long[]::new))
        .update();
    database
        .sql("update consent set customer = :source where id = any(:ids) and customer = :target")
        .params(parameters)
        .param("ids", moved.consents().toArray(Long[]::new))
        .update();
    for (var one : followers) {
      one.moveBack(
          moved.followers().getOrDefault(one.name(), List.of()),
          merge.target(),
          merge.source(),
          by);
    }
  }
}
