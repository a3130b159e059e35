package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// Makes two records of one person one, and two again. What is recognized, asked and noted goes to
/// the target; the source stays as a name that leads there. What was moved is written down, so that
/// undoing it moves exactly that back, and leaves what came later where it is.
@Component
public class CustomerMerges {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_COUNTED = 1_000;

  private final JdbcClient database;
  private final Customers customers;
  private final List<FollowsCustomer> followers;
  private final Ledger ledger;
  private final InstantSource clock;

  CustomerMerges(
      JdbcClient database,
      Customers customers,
      List<FollowsCustomer> followers,
      Ledger ledger,
      InstantSource clock) {
    this.database = database;
    this.customers = customers;
    this.followers = List.copyOf(followers);
    this.ledger = ledger;
    this.clock = clock;
  }

  /// What the target keeps of a person beside what moves.
  private record Kept(
      String note, @Nullable Long organization, String role, @Nullable String level) {
    static Kept of(Profile profile) {
      var organization = profile.customer().organization();
      var level = profile.place().level();
      return new Kept(
          profile.note(),
          organization == null ? null : organization.value(),
          profile.place().role(),
          level == null ? null : level.key());
    }

    /// The target's own words win; what it has not said it takes over, and notes stand together.
    Kept with(Kept source) {
      return new Kept(
          Stream.of(note, source.note)
              .filter(text -> !text.isBlank())
              .collect(java.util.stream.Collectors.joining("\n\n")),
          organization == null ? source.organization : organization,
          role.isEmpty() ? source.role : role,
          level == null ? source.level : level);
    }
  }

  /// What was moved, by key or id.
  private record Moved(
      List<String> addresses,
      List<List<String>> identities,
      List<Long> segments,
      List<Long> consents,
      Map<String, List<Long>> followers) {}

  /// What would become of two records, for somebody to look at first.
  ///
  /// @param moves how much of what follows a customer would move, by its name
  public record Preview(
      Profile source, Profile target, List<Identity> identities, Map<String, Integer> moves) {
    public Preview {
      identities = List.copyOf(identities);
      moves = Map.copyOf(moves);
    }
  }

  /// Empty when one of them cannot be merged: erased, or merged already.
  public Optional<Preview> preview(CustomerId source, CustomerId target, Identities identities) {
    var from = customers.profile(source).filter(Profile::isLive);
    var to = customers.profile(target).filter(Profile::isLive);
    if (source.equals(target) || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    var moves = new LinkedHashMap<String, Integer>();
    followers.forEach(one -> moves.put(one.name(), one.count(source, MOST_COUNTED)));
    return Optional.of(new Preview(from.get(), to.get(), identities.of(source), moves));
  }

  /// What somebody saw of a customer.
  public record Seen(CustomerId id, long revision) {}

  @Transactional
  public Outcome<CustomerMerge> merge(Seen source, Seen target, Actor by) {
    if (source.id().equals(target.id())) {
      return Outcome.rejected(Reason.INVALID, "Expected two customers, but found one twice.");
    }
    lock(source.id(), target.id());
    var from = customers.profile(source.id()).filter(Profile::isLive);
    var to = customers.profile(target.id()).filter(Profile::isLive);
    if (from.isEmpty() || to.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED, "One of the two was merged or erased meanwhile; look again.");
    }
    if (from.get().revision() != source.revision() || to.get().revision() != target.revision()) {
      return Outcome.rejected(
          Reason.OUTDATED, "One of the two has changed since you looked; look again.");
    }
    var before = Kept.of(to.get());
    var after = before.with(Kept.of(from.get()));
    if (after.note().length() > 20_000) {
      return Outcome.rejected(
          Reason.INVALID, "Both notes together are too long; shorten one of them first.");
    }
    var moved = move(source.id(), target.id(), by);
    write(target.id(), after);
    database
        .sql("update customer set merged_into = :target where id = :source")
        .param("source", source.id().value())
        .param("target", target.id().value())
        .update();
    var id = insert(source.id(), target.id(), by, before, after, moved);
    record(source.id(), "customer.merged", by, Map.of("into", target.id().value(), "merge", id));
    record(target.id(), "customer.took-over", by, Map.of("from", source.id().value(), "merge", id));
    return Outcome.accepted(withId(id).orElseThrow());
  }

  /// Always in the same order, so that two who merge the same pair wait for each other.
  private void lock(CustomerId one, CustomerId other) {
    database
        .sql("select id from customer where id = any(:ids) order by id for no key update")
        .param("ids", new Long[] {one.value(), other.value()})
        .query(Long.class)
        .list();
    customers.forget(one);
    customers.forget(other);
  }

  private Moved move(CustomerId from, CustomerId to, Actor by) {
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

  private void write(CustomerId target, Kept kept) {
    database
        .sql(
            """
            update customer
            set note = :note, organization = cast(:organization as bigint), role = :role,
              level = cast(:level as text)
            where id = :id
            """)
        .param("id", target.value())
        .param("note", kept.note())
        .param("organization", kept.organization())
        .param("role", kept.role())
        .param("level", kept.level())
        .update();
  }

  private long insert(
      CustomerId source, CustomerId target, Actor by, Kept before, Kept after, Moved moved) {
    return database
        .sql(
            """
            insert into customer_merge (
              source, target, merged_at, merged_by_name, before, after, moved
            )
            values (
              :source, :target, :now, :name, cast(:before as json), cast(:after as json),
              cast(:moved as json)
            )
            returning id
            """)
        .param("source", source.value())
        .param("target", target.value())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("name", by.name())
        .param("before", JSON.writeValueAsString(before))
        .param("after", JSON.writeValueAsString(after))
        .param("moved", JSON.writeValueAsString(moved))
        .query(Long.class)
        .single();
  }

  /// Makes two of one again: what was moved goes back, and what the target took over it gives back
  /// unless somebody has changed it since.
  @Transactional
  public Outcome<CustomerMerge> undo(long id, Actor by) {
    record Stored(CustomerMerge merge, Kept before, Kept after, Moved moved) {}
    var found =
        database
            .sql(
                """
                select customer_merge.*, customer.name as source_name
                from customer_merge
                join customer on customer.id = customer_merge.source
                where customer_merge.id = :id
                for no key update of customer_merge
                """)
            .param("id", id)
            .query((row, number) ->
                new Stored(
                    read(row, number),
                    JSON.readValue(row.getString("before"), Kept.class),
                    JSON.readValue(row.getString("after"), Kept.class),
                    JSON.readValue(row.getString("moved"), Moved.class)))
            .optional();
    if (found.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no merge " + id + ".");
    }
    var merge = found.get().merge();
    lock(merge.source(), merge.target());
    var target = customers.profile(merge.target()).filter(Profile::isLive);
    if (merge.undoneAt() != null || target.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "This can no longer be undone: it was undone, or the customer was merged or erased since.");
    }
    write(merge.target(), back(found.get().before(), found.get().after(), Kept.of(target.get())));
    moveBack(found.get().moved(), merge, by);
    database
        .sql("update customer set merged_into = null where id = :source")
        .param("source", merge.source().value())
        .update();
    database
        .sql("update customer_merge set undone_at = :now, undone_by_name = :name where id = :id")
        .param("id", id)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("name", by.name())
        .update();
    record(merge.source(), "customer.merge-undone", by, Map.of("merge", id));
    record(merge.target(), "customer.merge-undone", by, Map.of("merge", id));
    return Outcome.accepted(withId(id).orElseThrow());
  }

  private static Kept back(Kept before, Kept after, Kept now) {
    return new Kept(
        now.note().equals(after.note()) ? before.note() : now.note(),
        java.util.Objects.equals(now.organization(), after.organization())
            ? before.organization()
            : now.organization(),
        now.role().equals(after.role()) ? before.role() : now.role(),
        java.util.Objects.equals(now.level(), after.level()) ? before.level() : now.level());
  }

  private void moveBack(Moved moved, CustomerMerge merge, Actor by) {
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

  private void record(CustomerId id, String kind, Actor by, Map<String, Object> data) {
    var revision =
        database
            .sql("update customer set revision = revision + 1 where id = :id returning revision")
            .param("id", id.value())
            .query(Long.class)
            .single();
    customers.forget(id);
    ledger.append(id.subject(), revision, kind, by, data);
  }

  /// What was merged into a customer, the newest first; undone ones are left out.
  public List<CustomerMerge> into(CustomerId target) {
    return database
        .sql(
            """
            select customer_merge.*, customer.name as source_name
            from customer_merge
            join customer on customer.id = customer_merge.source
            where customer_merge.target = :target and customer_merge.undone_at is null
            order by customer_merge.id desc
            """)
        .param("target", target.value())
        .query(CustomerMerges::read)
        .list();
  }

  private Optional<CustomerMerge> withId(long id) {
    return database
        .sql(
            """
            select customer_merge.*, customer.name as source_name
            from customer_merge
            join customer on customer.id = customer_merge.source
            where customer_merge.id = :id
            """)
        .param("id", id)
        .query(CustomerMerges::read)
        .optional();
  }

  private static CustomerMerge read(ResultSet row, int number) throws SQLException {
    var undone = row.getObject("undone_at", OffsetDateTime.class);
    return new CustomerMerge(
        row.getLong("id"),
        new CustomerId(row.getLong("source")),
        new CustomerId(row.getLong("target")),
        row.getString("source_name"),
        row.getObject("merged_at", OffsetDateTime.class).toInstant(),
        row.getString("merged_by_name"),
        undone == null ? null : undone.toInstant());
  }
}
