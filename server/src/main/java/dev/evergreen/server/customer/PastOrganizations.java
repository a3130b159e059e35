package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.PastEntries;
import dev.evergreen.server.platform.PastEntries.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The organizations of people who come with the past of another program, all in one trip. Who is
/// not known yet is made, as of the time from which its first person was known there.
@Component
final class PastOrganizations {
  private final JdbcClient jdbc;
  private final Organizations organizations;
  private final PastEntries past;
  private final PublicMailDomains publicDomains = PublicMailDomains.load();

  PastOrganizations(JdbcClient jdbc, Organizations organizations, PastEntries past) {
    this.jdbc = jdbc;
    this.organizations = organizations;
    this.past = past;
  }

  /// Those of the domains, made where they were not known; none for a provider that anybody gets an
  /// address from. In the caller's transaction.
  Map<String, OrganizationId> ofDomains(SortedMap<String, Instant> domains) {
    var wanted = new TreeMap<>(domains);
    wanted.keySet().removeIf(publicDomains::includes);
    var found = known(wanted.keySet());
    wanted.keySet().removeAll(found.keySet());
    if (!wanted.isEmpty()) {
      found.putAll(made(wanted));
      wanted.keySet().removeAll(found.keySet());
      found.putAll(known(wanted.keySet())); // another transaction was faster
    }
    return found;
  }

  private Map<String, OrganizationId> known(Collection<String> domains) {
    var known = new HashMap<String, OrganizationId>();
    if (!domains.isEmpty()) {
      jdbc.sql("select domain, organization from organization_domain where domain = any(:domains)")
          .param("domains", domains.toArray(String[]::new))
          .query((row, _) ->
              known.put(row.getString("domain"), new OrganizationId(row.getLong("organization"))))
          .list();
    }
    return known;
  }

  /// Domains are claimed in their order, so that two who claim the same ones wait for each other
  /// and never cross.
  private Map<String, OrganizationId> made(SortedMap<String, Instant> domains) {
    var made = new HashMap<String, OrganizationId>();
    jdbc.sql(
            """
            with claimed as (
              insert into organization_domain (domain, organization, added_at)
              select domain, nextval(pg_get_serial_sequence('organization', 'id')), since
              from (
                select *
                from unnest(cast(:domains as text[]), cast(:since as timestamptz[]))
                  as newcomer (domain, since)
                order by domain
              ) as ordered
              on conflict (domain) do nothing
              returning domain, organization, added_at
            ),
            made as (
              insert into organization (id, name, created_at)
              select organization, left(domain, 200), added_at
              from claimed
            )
            select domain, organization from claimed
            """)
        .param("domains", domains.keySet().toArray(String[]::new))
        .param("since", domains.values().stream().map(Instant::toString).toArray(String[]::new))
        .query((row, _) ->
            made.put(row.getString("domain"), new OrganizationId(row.getLong("organization"))))
        .list();
    var began = new ArrayList<Past>();
    domains.forEach((domain, since) -> {
      var id = made.get(domain);
      if (id != null) {
        var created =
            new Ledger.Happening("organization.created", Actor.SYSTEM, Map.of("domain", domain));
        began.add(new Past(id.subject(), 0, created, since));
      }
    });
    past.write(began);
    return made;
  }

  /// Those with these names, made where there was none; of several that are called so the oldest,
  /// and of one that went into another that other. In the caller's transaction.
  Map<String, OrganizationId> called(Collection<String> names) {
    var called = new HashMap<String, OrganizationId>();
    if (names.isEmpty()) {
      return called;
    }
    jdbc.sql(
            """
            select given.name, found.id
            from unnest(cast(:names as text[])) as given (name)
            cross join lateral (
              with recursive called as (
                select id, merged_into from organization
                where lower(organization.name) = lower(given.name)
                union
                select organization.id, organization.merged_into
                from called
                join organization on organization.id = called.merged_into)
              select called.id from called
              where called.merged_into is null
              order by called.id
              limit 1
            ) as found
            """)
        .param("names", names.toArray(String[]::new))
        .query((row, _) -> called.put(row.getString("name"), new OrganizationId(row.getLong("id"))))
        .list();
    for (var name : new TreeSet<>(names)) {
      if (!called.containsKey(name)) {
        var made = organizations.called(name, Actor.SYSTEM);
        // It is refused when two made it at the same time.
        made.fold(id -> id, _ -> Optional.<OrganizationId>empty())
            .ifPresent(id -> called.put(name, id));
      }
    }
    return called;
  }
}
