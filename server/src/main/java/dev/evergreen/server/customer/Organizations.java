package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The companies that customers belong to, recognized by the domains they write from.
@Component
public class Organizations {
  private static final int LONGEST_NAME = 200;
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");

  private final JdbcClient database;
  private final Ledger ledger;
  private final InstantSource clock;
  private final PublicMailDomains publicDomains = PublicMailDomains.load();

  Organizations(JdbcClient database, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  public Optional<Organization> withId(OrganizationId id) {
    return database
        .sql("select id, name from organization where id = :id")
        .param("id", id.value())
        .query(Organizations::read)
        .optional();
  }

  /// The one with that name, however it is capitalized; of several the oldest.
  public Optional<Organization> named(String name) {
    return database
        .sql(
            """
            select id, name from organization
            where lower(name) = lower(:name)
            order by id
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
                row.getLong("revision")))
        .optional();
  }

  private static OrganizationProfile.@Nullable Manager manager(ResultSet row) throws SQLException {
    var id = row.getObject("manager", Long.class);
    return id == null
        ? null
        : new OrganizationProfile.Manager(new AgentId(id), row.getString("manager_name"));
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
                where id = :id
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
                where id = :id and revision = :revision
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

  /// Adds a domain by which its people are recognized from now on.
  @Transactional
  public Outcome<Organization> addDomain(OrganizationId id, String typed, Actor by) {
    var domain = typed.strip().toLowerCase(Locale.ROOT);
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a domain such as example.com, but found “" + domain + "”.");
    }
    if (publicDomains.includes(domain)) {
      return Outcome.rejected(
          Reason.INVALID, "Anybody gets an address at " + domain + ": it says nothing.");
    }
    var revision = touch(id);
    if (revision.isPresent() && !claim(id, domain)) {
      return Outcome.rejected(Reason.TAKEN, domain + " already belongs to an organization.");
    }
    return recorded(id, revision, "organization.domain-added", by, Map.of("domain", domain));
  }

  private boolean claim(OrganizationId id, String domain) {
    return database
            .sql(
                """
                insert into organization_domain (domain, organization, added_at)
                values (:domain, :organization, :now)
                on conflict (domain) do nothing
                """)
            .param("domain", domain)
            .param("organization", id.value())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Transactional
  public Outcome<Organization> removeDomain(OrganizationId id, String domain, Actor by) {
    var revision = touch(id);
    var removed =
        database
            .sql("delete from organization_domain where domain = :domain and organization = :id")
            .param("domain", domain)
            .param("id", id.value())
            .update();
    if (revision.isPresent() && removed == 0) {
      return Outcome.rejected(Reason.OUTDATED, domain + " is no longer here; look again.");
    }
    return recorded(id, revision, "organization.domain-removed", by, Map.of("domain", domain));
  }

  private Optional<Long> touch(OrganizationId id) {
    return database
        .sql("update organization set revision = revision + 1 where id = :id returning revision")
        .param("id", id.value())
        .query(Long.class)
        .optional();
  }

  private Outcome<Organization> recorded(
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
                select id from organization
                where lower(name) = lower(:name)
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

  /// The organization of a mail domain, made when it is first seen and named after the domain until
  /// somebody knows better; none for a provider that anybody gets an address from. In the caller's
  /// transaction.
  Optional<OrganizationId> recognize(String domain) {
    return publicDomains.includes(domain)
        ? Optional.empty()
        : find(domain).or(() -> create(domain)).or(() -> find(domain));
  }

  private Optional<OrganizationId> find(String domain) {
    return database
        .sql("select organization from organization_domain where domain = :domain")
        .param("domain", domain)
        .query(Long.class)
        .optional()
        .map(OrganizationId::new);
  }

  /// The domain is claimed first, under the id that the organization will have.
  private Optional<OrganizationId> create(String domain) {
    var created =
        database
            .sql(
                """
                with claimed as (
                  insert into organization_domain (domain, organization, added_at)
                  select :domain, nextval(pg_get_serial_sequence('organization', 'id')), :now
                  on conflict (domain) do nothing
                  returning organization)
                insert into organization (id, name, created_at)
                select organization, left(:domain, 200), :now
                from claimed
                returning id
                """)
            .param("domain", domain)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .optional()
            .map(OrganizationId::new);
    created.ifPresent(id ->
        ledger.append(
            id.subject(), 0, "organization.created", Actor.SYSTEM, Map.of("domain", domain)));
    return created;
  }

  private static Organization read(ResultSet row, int number) throws SQLException {
    return new Organization(new OrganizationId(row.getLong("id")), row.getString("name"));
  }
}
