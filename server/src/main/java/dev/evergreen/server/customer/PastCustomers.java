package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.PastEntries;
import dev.evergreen.server.platform.PastEntries.Past;
import dev.evergreen.server.platform.field.FieldValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Recognizes many people at once who come with the past of another program: by their address, or,
/// for those without one, by a handle that says what they were called there. Who is not known yet
/// is made, as of the time from which they were known there.
@Component
public class PastCustomers {
  private static final int LONGEST_NAME = 200;
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]+");

  private final JdbcClient jdbc;
  private final PastOrganizations organizations;
  private final PastEntries past;
  private final PastFields pastFields;

  PastCustomers(
      JdbcClient jdbc, PastOrganizations organizations, PastEntries past, PastFields pastFields) {
    this.jdbc = jdbc;
    this.organizations = organizations;
    this.past = past;
    this.pastFields = pastFields;
  }

  /// @param key an address in its canonical form, or a handle: whatever has no `@`
  /// @param organization by name; empty when nothing is known but the address
  public record Newcomer(
      String key, String name, String organization, Instant since, Fields fields) {
    /// What the team's own fields are to say of them, and of their organization, where they say
    /// nothing yet.
    public record Fields(FieldValues own, FieldValues organization) {
      public static final Fields NONE = new Fields(FieldValues.NONE, FieldValues.NONE);

      Fields or(Fields other) {
        return new Fields(own.or(other.own), organization.or(other.organization));
      }
    }

    public Newcomer {
      name = shortened(BLANK.matcher(name).replaceAll(" ").strip());
      organization = shortened(organization.strip());
    }

    private static String shortened(String name) {
      return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /// What two places tell of the same person: since the earlier of them, with all the fields.
    public Newcomer joined(Newcomer other) {
      var first = since.isAfter(other.since) ? other : this;
      return new Newcomer(
          key, first.name, first.organization, first.since, fields.or(other.fields));
    }

    boolean isAddress() {
      return key.indexOf('@') > 0;
    }
  }

  /// Who they are, by their keys. In the caller's transaction.
  @Transactional
  public Map<String, CustomerId> recognize(Collection<Newcomer> people) {
    var wanted = new TreeMap<String, Newcomer>();
    people.forEach(one -> wanted.putIfAbsent(one.key(), one));
    var told = List.copyOf(wanted.values());
    var found = known(wanted.keySet());
    wanted.keySet().removeAll(found.keySet());
    if (!wanted.isEmpty()) {
      make(wanted.values()).forEach(found::put);
      wanted.keySet().removeAll(found.keySet());
      found.putAll(known(wanted.keySet())); // another transaction was faster
    }
    pastFields.fill(told, found);
    return found;
  }

  private Map<String, CustomerId> known(Collection<String> keys) {
    var known = new HashMap<String, CustomerId>();
    if (!keys.isEmpty()) {
      jdbc.sql(
              """
              select address as key, customer from customer_address where address = any(:keys)
              union all
              select value, customer from customer_identity
              where kind = 'handle' and value = any(:keys)
              """)
          .param("keys", keys.toArray(String[]::new))
          .query(
              (row, _) -> known.put(row.getString("key"), new CustomerId(row.getLong("customer"))))
          .list();
    }
    return known;
  }

  /// Keys are claimed in their order, so that two who claim the same ones wait for each other and
  /// never cross.
  private Map<String, CustomerId> make(Collection<Newcomer> people) {
    var ordered = List.copyOf(people);
    var companies = companies(ordered);
    var made = new HashMap<String, CustomerId>();
    jdbc.sql(
            """
            with newcomer as (
              select *
              from unnest(
                cast(:keys as text[]),
                cast(:names as text[]),
                cast(:companies as bigint[]),
                cast(:since as timestamptz[])
              ) as newcomer (key, name, organization, since)
            ),
            addressed as (
              insert into customer_address (address, customer, added_at)
              select key, nextval(pg_get_serial_sequence('customer', 'id')), since
              from (select * from newcomer where key like '%@%' order by key) as ordered
              on conflict (address) do nothing
              returning address, customer
            ),
            called as (
              insert into customer_identity (kind, value, customer, added_at)
              select 'handle', key, nextval(pg_get_serial_sequence('customer', 'id')), since
              from (select * from newcomer where key not like '%@%' order by key) as ordered
              on conflict (kind, value) do nothing
              returning value, customer
            ),
            claimed as (
              select address as key, customer from addressed
              union all
              select value, customer from called
            ),
            made as (
              insert into customer (id, name, organization, created_at)
              select claimed.customer, newcomer.name, newcomer.organization, newcomer.since
              from claimed
              join newcomer on newcomer.key = claimed.key
            )
            select key, customer from claimed
            """)
        .param("keys", ordered.stream().map(Newcomer::key).toArray(String[]::new))
        .param("names", ordered.stream().map(PastCustomers::nameOf).toArray(String[]::new))
        .param("companies", companies.toArray(Long[]::new))
        .param("since", ordered.stream().map(one -> one.since().toString()).toArray(String[]::new))
        .query((row, _) -> made.put(row.getString("key"), new CustomerId(row.getLong("customer"))))
        .list();
    var began = new ArrayList<Past>();
    for (var one : ordered) {
      var id = made.get(one.key());
      if (id != null) {
        var by = Actor.customer(id.value(), nameOf(one));
        var created = new Ledger.Happening("customer.created", by, Map.of());
        began.add(new Past(id.subject(), 0, created, one.since()));
      }
    }
    past.write(began);
    return made;
  }

  private static String nameOf(Newcomer one) {
    return one.name().isEmpty() ? one.key().replaceFirst("@.*", "") : one.name();
  }

  /// The organization of each, by its name where that was said, else by the domain.
  private List<@Nullable Long> companies(List<Newcomer> people) {
    var named = new TreeMap<String, Instant>();
    var domains = new TreeMap<String, Instant>();
    for (var one : people) {
      if (!one.organization().isEmpty()) {
        named.merge(one.organization(), one.since(), PastCustomers::earlier);
      } else if (one.isAddress()) {
        domains.merge(domainOf(one), one.since(), PastCustomers::earlier);
      }
    }
    var byName = organizations.called(named.keySet());
    var byDomain = organizations.ofDomains(domains);
    var companies = new ArrayList<@Nullable Long>();
    for (var one : people) {
      var company =
          !one.organization().isEmpty()
              ? byName.get(one.organization())
              : one.isAddress() ? byDomain.get(domainOf(one)) : null;
      companies.add(company == null ? null : company.value());
    }
    return companies;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static String domainOf(Newcomer one) {
    return one.key().substring(one.key().indexOf('@') + 1);
  }
}
