package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The mail domains by which people of an organization are recognized, each of one only.
@Component
public class OrganizationDomains {
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");

  private final JdbcClient database;
  private final Organizations organizations;
  private final Ledger ledger;
  private final InstantSource clock;
  private final PublicMailDomains publicDomains = PublicMailDomains.load();

  OrganizationDomains(
      JdbcClient database, Organizations organizations, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.organizations = organizations;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Adds a domain by which its people are recognized from now on.
  @Transactional
  public Outcome<Organization> add(OrganizationId id, String typed, Actor by) {
    var domain = typed.strip().toLowerCase(Locale.ROOT);
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a domain such as example.com, but found “" + domain + "”.");
    }
    if (publicDomains.includes(domain)) {
      return Outcome.rejected(
          Reason.INVALID, "Anybody gets an address at " + domain + ": it says nothing.");
    }
    var revision = organizations.touchLive(id);
    if (revision.isPresent() && !claim(id, domain)) {
      return Outcome.rejected(Reason.TAKEN, domain + " already belongs to an organization.");
    }
    return organizations.recorded(
        id, revision, "organization.domain-added", by, Map.of("domain", domain));
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
  public Outcome<Organization> remove(OrganizationId id, String domain, Actor by) {
    var revision = organizations.touchLive(id);
    var removed =
        database
            .sql("delete from organization_domain where domain = :domain and organization = :id")
            .param("domain", domain)
            .param("id", id.value())
            .update();
    if (revision.isPresent() && removed == 0) {
      return Outcome.rejected(Reason.OUTDATED, domain + " is no longer here; look again.");
    }
    return organizations.recorded(
        id, revision, "organization.domain-removed", by, Map.of("domain", domain));
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
}
