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

/// Makes two records of one organization one, and two again. Its domains, people and segments go to
/// the target; the source stays as a name that leads there. What was moved is written down, so that
/// undoing it moves exactly that back, and leaves what came later where it is.
@Component
public class OrganizationMerges {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_NOTE = 20_000;
  private static final int MOST_COUNTED = 1_000;

  private final JdbcClient database;
  private final Organizations organizations;
  private final OrganizationMoves moves;
  private final CustomerFields fields;
  private final Ledger ledger;
  private final InstantSource clock;

  OrganizationMerges(
      JdbcClient database,
      Organizations organizations,
      OrganizationMoves moves,
      CustomerFields fields,
      Ledger ledger,
      InstantSource clock) {
    this.database = database;
    this.organizations = organizations;
    this.moves = moves;
    this.fields = fields;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// What would become of two records, for somebody to look at first.
  ///
  /// @param people how many would move, counted no further than a thousand
  public record Preview(
      OrganizationProfile source, OrganizationProfile target, int people, List<FieldFate> fields) {
    public Preview {
      fields = List.copyOf(fields);
    }
  }

  /// Empty when one of them cannot be merged: it is none, or merged already.
  public Optional<Preview> preview(OrganizationId source, OrganizationId target) {
    var from = live(source);
    var to = live(target);
    return source.equals(target) || from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Preview(
                from.get(),
                to.get(),
                people(source),
                fields.fates(
                    CustomerFields.Holder.ORGANIZATION,
                    from.get().organization().fields(),
                    to.get().organization().fields())));
  }

  private int people(OrganizationId of) {
    return database
        .sql(
            """
            select count(*)
            from (select from customer where organization = :id limit :most) as counted
            """)
        .param("id", of.value())
        .param("most", MOST_COUNTED)
        .query(Integer.class)
        .single();
  }

  /// What somebody saw of an organization.
  public record Seen(OrganizationId id, long revision) {}

  @Transactional
  public Outcome<OrganizationMerge> merge(Seen source, Seen target, Actor by) {
    if (source.id().equals(target.id())) {
      return Outcome.rejected(Reason.INVALID, "Expected two organizations, but found one twice.");
    }
    lock(source.id(), target.id());
    var from = live(source.id());
    var to = live(target.id());
    if (from.isEmpty() || to.isEmpty()) {
      return Outcome.rejected(Reason.OUTDATED, "One of the two was merged meanwhile; look again.");
    }
    if (from.get().revision() != source.revision() || to.get().revision() != target.revision()) {
      return Outcome.rejected(
          Reason.OUTDATED, "One of the two has changed since you looked; look again.");
    }
    var before = OrganizationKept.of(to.get());
    var after = before.with(OrganizationKept.of(from.get()));
    if (after.note().length() > LONGEST_NOTE) {
      return Outcome.rejected(
          Reason.INVALID, "Both notes together are too long; shorten one of them first.");
    }
    var moved = moves.move(source.id(), target.id(), by);
    write(target.id(), after);
    database
        .sql("update organization set merged_into = :target where id = :source")
        .param("source", source.id().value())
        .param("target", target.id().value())
        .update();
    var id = insert(source.id(), target.id(), by, new Change(before, after, moved));
    record(
        source.id(), "organization.merged", by, Map.of("into", target.id().value(), "merge", id));
    record(
        target.id(),
        "organization.took-over",
        by,
        Map.of("from", source.id().value(), "merge", id));
    return Outcome.accepted(withId(id).orElseThrow());
  }

  private Optional<OrganizationProfile> live(OrganizationId id) {
    return organizations.profile(id).filter(OrganizationProfile::isLive);
  }

  /// Always in the same order, so that two who merge the same pair wait for each other.
  private void lock(OrganizationId one, OrganizationId other) {
    database
        .sql("select id from organization where id = any(:ids) order by id for no key update")
        .param("ids", new Long[] {one.value(), other.value()})
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  private void write(OrganizationId target, OrganizationKept kept) {
    database
        .sql(
            """
            update organization
            set note = :note, manager = cast(:manager as bigint), fields = cast(:fields as jsonb)
            where id = :id
            """)
        .param("id", target.value())
        .param("note", kept.note())
        .param("manager", kept.manager())
        .param("fields", kept.fields())
        .update();
  }

  /// What the target held before and after, and what was moved.
  private record Change(
      OrganizationKept before, OrganizationKept after, OrganizationMoves.Moved moved) {
    static Change read(ResultSet row) throws SQLException {
      return new Change(
          JSON.readValue(row.getString("before"), OrganizationKept.class),
          JSON.readValue(row.getString("after"), OrganizationKept.class),
          JSON.readValue(row.getString("moved"), OrganizationMoves.Moved.class));
    }
  }

  private long insert(OrganizationId source, OrganizationId target, Actor by, Change change) {
    return database
        .sql(
            """
            insert into organization_merge (
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
        .param("before", JSON.writeValueAsString(change.before()))
        .param("after", JSON.writeValueAsString(change.after()))
        .param("moved", JSON.writeValueAsString(change.moved()))
        .query((row, _) -> row.getLong("id"))
        .single();
  }

  /// Makes two of one again: what was moved goes back, and what the target took over it gives back
  /// unless somebody has changed it since.
  @Transactional
  public Outcome<OrganizationMerge> undo(long id, Actor by) {
    var found = withId(id);
    if (found.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no merge " + id + ".");
    }
    lock(found.get().source(), found.get().target());
    var merge = withId(id).orElseThrow();
    var target = live(merge.target());
    if (merge.undoneAt() != null || target.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "This can no longer be undone: it was undone, or the organization was merged since.");
    }
    var change = change(id);
    write(merge.target(), OrganizationKept.of(target.get()).back(change.before(), change.after()));
    moves.moveBack(change.moved(), merge, by);
    database
        .sql("update organization set merged_into = null where id = :source")
        .param("source", merge.source().value())
        .update();
    database
        .sql(
            """
            update organization_merge set undone_at = :now, undone_by_name = :name where id = :id
            """)
        .param("id", id)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("name", by.name())
        .update();
    record(merge.source(), "organization.merge-undone", by, Map.of("merge", id));
    record(merge.target(), "organization.merge-undone", by, Map.of("merge", id));
    return Outcome.accepted(withId(id).orElseThrow());
  }

  private void record(OrganizationId id, String kind, Actor by, Map<String, Object> data) {
    var revision = organizations.touch(id).orElseThrow();
    ledger.append(id.subject(), revision, kind, by, data);
  }

  private Change change(long id) {
    return database
        .sql("select before, after, moved from organization_merge where id = :id")
        .param("id", id)
        .query((row, _) -> Change.read(row))
        .single();
  }

  /// What was merged into an organization, the newest first; undone ones are left out.
  public List<OrganizationMerge> into(OrganizationId target) {
    return database
        .sql(
            """
            select organization_merge.*, organization.name as source_name
            from organization_merge
            join organization on organization.id = organization_merge.source
            where organization_merge.target = :target and organization_merge.undone_at is null
            order by organization_merge.id desc
            """)
        .param("target", target.value())
        .query(OrganizationMerges::read)
        .list();
  }

  private Optional<OrganizationMerge> withId(long id) {
    return database
        .sql(
            """
            select organization_merge.*, organization.name as source_name
            from organization_merge
            join organization on organization.id = organization_merge.source
            where organization_merge.id = :id
            """)
        .param("id", id)
        .query(OrganizationMerges::read)
        .optional();
  }

  private static OrganizationMerge read(ResultSet row, int number) throws SQLException {
    var undone = row.getObject("undone_at", OffsetDateTime.class);
    return new OrganizationMerge(
        row.getLong("id"),
        new OrganizationId(row.getLong("source")),
        new OrganizationId(row.getLong("target")),
        row.getString("source_name"),
        JSON.readValue(row.getString("moved"), OrganizationMoves.Moved.class).counts(),
        new OrganizationMerge.Done(
            row.getObject("merged_at", OffsetDateTime.class).toInstant(),
            row.getString("merged_by_name")),
        undone == null ? null : undone.toInstant());
  }
}
