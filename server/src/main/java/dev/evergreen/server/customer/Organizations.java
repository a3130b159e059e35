package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.team.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The companies that customers belong to.
@Component
public class Organizations {
  private static final int LONGEST_NAME = 200;

  private final JdbcClient database;
  private final Ledger ledger;
  private final InstantSource clock;

  Organizations(JdbcClient database, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  public Optional<Organization> withId(OrganizationId id) {
    return database
        .sql("select id, name, fields from organization where id = :id")
        .param("id", id.value())
        .query(Organizations::read)
        .optional();
  }

  /// The one with that name, however it is capitalized; of several the oldest, and of one that went
  /// into another that other.
  public Optional<Organization> named(String name) {
    return database
        .sql(
            """
            with recursive called as (
              select id, merged_into from organization where lower(name) = lower(:name)
              union
              select organization.id, organization.merged_into
              from called
              join organization on organization.id = called.merged_into)
            select organization.id, organization.name, organization.fields
            from called
            join organization on organization.id = called.id
            where called.merged_into is null
            order by organization.id
            limit 1
            """)
        .param("name", name.strip())
        .query(Organizations::read)
        .optional();
  }

  /// An organization with everything that is kept about it.
  public Optional<OrganizationProfile> profile(OrganizationId id) {
    return database
        .sql(
            """
            select
              organization.*,
              agent.name as manager_name,
              array(
                select domain from organization_domain
                where organization_domain.organization = organization.id
                order by added_at, domain) as domains
            from organization
            left join agent on agent.id = organization.manager
            where organization.id = :id
            """)
        .param("id", id.value())
        .query((row, number) ->
            new OrganizationProfile(
                read(row, number),
                List.of((String[]) row.getArray("domains").getArray()),
                manager(row),
                row.getString("note"),
                mergedInto(row),
                row.getLong("revision")))
        .optional();
  }

  private static OrganizationProfile.@Nullable Manager manager(ResultSet row) throws SQLException {
    var id = row.getObject("manager", Long.class);
    return id == null
        ? null
        : new OrganizationProfile.Manager(new AgentId(id), row.getString("manager_name"));
  }

  private static @Nullable OrganizationId mergedInto(ResultSet row) throws SQLException {
    var id = row.getObject("merged_into", Long.class);
    return id == null ? null : new OrganizationId(id);
  }

  @Transactional
  public Outcome<Organization> rename(OrganizationId id, String name, Actor by) {
    var clean = name.strip();
    if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
      return Outcome.rejected(Reason.INVALID, "Expected a name of 1 to 200 letters.");
    }
    var revision =
        database
            .sql(
                """
                update organization set name = :name, revision = revision + 1
                where id = :id and merged_into is null
                returning revision
                """)
            .param("id", id.value())
            .param("name", clean)
            .query(Long.class)
            .optional();
    return recorded(id, revision, "organization.renamed", by, Map.of());
  }

  /// Replaces the note and who of us looks after them, unless somebody else has changed the
  /// organization since `revision`.
  @Transactional
  public Outcome<Organization> describe(
      OrganizationId id, String note, @Nullable AgentId manager, long revision, Actor by) {
    var text = note.replace("\0", "").strip();
    if (text.length() > 20_000) {
      return Outcome.rejected(Reason.INVALID, "Expected a note of at most 20,000 letters.");
    }
    var next =
        database
            .sql(
                """
                update organization
                set
                  note = :note,
                  manager = (select agent.id from agent where agent.id = cast(:manager as bigint)),
                  revision = revision + 1
                where id = :id and revision = :revision and merged_into is null
                returning revision
                """)
            .param("id", id.value())
            .param("note", text)
            .param("manager", manager == null ? null : manager.value())
            .param("revision", revision)
            .query(Long.class)
            .optional();
    if (next.isEmpty() && withId(id).isPresent()) {
      return Outcome.rejected(
          Reason.OUTDATED, "Somebody changed this organization meanwhile; look again.");
    }
    return recorded(id, next, "organization.described", by, Map.of());
  }

  /// Counts a change of the organization and holds the row; empty when there is none.
  Optional<Long> touch(OrganizationId id) {
    return database
        .sql("update organization set revision = revision + 1 where id = :id returning revision")
        .param("id", id.value())
        .query(Long.class)
        .optional();
  }

  /// The same of one that stands alone.
  Optional<Long> touchLive(OrganizationId id) {
    return database
        .sql(
            """
            update organization set revision = revision + 1
            where id = :id and merged_into is null
            returning revision
            """)
        .param("id", id.value())
        .query(Long.class)
        .optional();
  }

  Outcome<Organization> recorded(
      OrganizationId id, Optional<Long> revision, String kind, Actor by, Map<String, Object> data) {
    if (revision.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no organization " + id.value() + ".");
    }
    ledger.append(id.subject(), revision.get(), kind, by, data);
    return Outcome.accepted(withId(id).orElseThrow());
  }

  /// The one organization of this name, made when there is none; none for an empty name. In the
  /// caller's transaction.
  Outcome<Optional<OrganizationId>> called(String name, Actor by) {
    var clean = name.strip();
    if (clean.isEmpty()) {
      return Outcome.accepted(Optional.empty());
    }
    if (clean.length() > LONGEST_NAME) {
      return Outcome.rejected(Reason.INVALID, "Expected a name of 1 to 200 letters.");
    }
    var found =
        database
            .sql(
                """
                with recursive called as (
                  select id, merged_into from organization where lower(name) = lower(:name)
                  union
                  select organization.id, organization.merged_into
                  from called
                  join organization on organization.id = called.merged_into)
                select id from called
                where merged_into is null
                order by id
                limit 2
                """)
            .param("name", clean)
            .query((row, _) -> new OrganizationId(row.getLong("id")))
            .list();
    return switch (found.size()) {
      case 0 -> Outcome.accepted(Optional.of(make(clean, by)));
      case 1 -> Outcome.accepted(Optional.of(found.getFirst()));
      default ->
          Outcome.rejected(
              Reason.TAKEN,
              "Several organizations are called “" + clean + "”; rename one of them first.");
    };
  }

  private OrganizationId make(String name, Actor by) {
    var id =
        database
            .sql("insert into organization (name, created_at) values (:name, :now) returning id")
            .param("name", name)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query((row, _) -> new OrganizationId(row.getLong("id")))
            .single();
    ledger.append(id.subject(), 0, "organization.created", by, Map.of());
    return id;
  }

  private static Organization read(ResultSet row, int number) throws SQLException {
    return new Organization(
        new OrganizationId(row.getLong("id")),
        row.getString("name"),
        FieldValues.of(row.getString("fields")));
  }
}
