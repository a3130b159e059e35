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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final JdbcClient database;
  private final Customers customers;
  private final CustomerMoves moves;
  private final CustomerFields fields;
  private final Ledger ledger;
  private final InstantSource clock;

  CustomerMerges(
      JdbcClient database,
      Customers customers,
      CustomerMoves moves,
      CustomerFields fields,
      Ledger ledger,
      InstantSource clock) {
    this.database = database;
    this.customers = customers;
    this.moves = moves;
    this.fields = fields;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// What would become of two records, for somebody to look at first.
  ///
  /// @param moves how much of what follows a customer would move, by its name
  public record Preview(
      Profile source,
      Profile target,
      List<Identity> identities,
      List<FieldFate> fields,
      Map<String, Integer> moves) {
    public Preview {
      fields = List.copyOf(fields);
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
    return Optional.of(
        new Preview(
            from.get(),
            to.get(),
            identities.of(source),
            fields.fates(
                CustomerFields.Holder.CUSTOMER,
                from.get().customer().fields(),
                to.get().customer().fields()),
            moves.count(source)));
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
    var before = CustomerKept.of(to.get());
    var after = before.with(CustomerKept.of(from.get()));
    if (after.note().length() > 20_000) {
      return Outcome.rejected(
          Reason.INVALID, "Both notes together are too long; shorten one of them first.");
    }
    var moved = moves.move(source.id(), target.id(), by);
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

  private void write(CustomerId target, CustomerKept kept) {
    database
        .sql(
            """
            update customer
            set note = :note, organization = cast(:organization as bigint), role = :role,
              level = cast(:level as text), fields = cast(:fields as jsonb)
            where id = :id
            """)
        .param("id", target.value())
        .param("note", kept.note())
        .param("organization", kept.organization())
        .param("role", kept.role())
        .param("level", kept.level())
        .param("fields", kept.fields())
        .update();
  }

  private long insert(
      CustomerId source,
      CustomerId target,
      Actor by,
      CustomerKept before,
      CustomerKept after,
      CustomerMoves.Moved moved) {
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
    record Stored(
        CustomerMerge merge, CustomerKept before, CustomerKept after, CustomerMoves.Moved moved) {}
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
                    JSON.readValue(row.getString("before"), CustomerKept.class),
                    JSON.readValue(row.getString("after"), CustomerKept.class),
                    JSON.readValue(row.getString("moved"), CustomerMoves.Moved.class)))
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
    write(
        merge.target(),
        CustomerKept.of(target.get()).back(found.get().before(), found.get().after()));
    moves.moveBack(found.get().moved(), merge, by);
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
