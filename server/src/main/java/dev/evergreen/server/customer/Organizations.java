package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The companies that customers belong to, recognized by the domain they write from.
@Component
public class Organizations {
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
        .sql("select id, name, domain from organization where id = :id")
        .param("id", id.value())
        .query(Organizations::read)
        .optional();
  }

  @Transactional
  public Outcome<Organization> rename(OrganizationId id, String name, Actor by) {
    var clean = name.strip();
    if (clean.isEmpty() || clean.length() > 200) {
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
    if (revision.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no organization " + id.value() + ".");
    }
    ledger.append(id.subject(), revision.get(), "organization.renamed", by, Map.of());
    return Outcome.accepted(withId(id).orElseThrow());
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
        .sql("select id from organization where domain = :domain")
        .param("domain", domain)
        .query(Long.class)
        .optional()
        .map(OrganizationId::new);
  }

  private Optional<OrganizationId> create(String domain) {
    var created =
        database
            .sql(
                """
                insert into organization (name, domain, created_at)
                values (left(:domain, 200), :domain, :now)
                on conflict (domain) do nothing
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
    return new Organization(
        new OrganizationId(row.getLong("id")), row.getString("name"), row.getString("domain"));
  }
}
