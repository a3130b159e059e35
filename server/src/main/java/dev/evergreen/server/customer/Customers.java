package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Remembered;
import dev.evergreen.server.platform.field.FieldValues;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The customers and their addresses. An address is the key to a customer and belongs to one only.
/// Everybody who may sign in sees every customer; what they asked is seen through the tickets.
@Component
public class Customers {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ROLE = 60;

  private final JdbcClient database;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Organizations organizations;
  private final OrganizationDomains domains;
  private final Remembered<CustomerId, Customer> known = new Remembered<>();

  Customers(
      JdbcClient database,
      Ledger ledger,
      InstantSource clock,
      Organizations organizations,
      OrganizationDomains domains) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
    this.organizations = organizations;
    this.domains = domains;
  }

  public Optional<Customer> withId(CustomerId id) {
    return known.get(id, () -> read(id));
  }

  private Optional<Customer> read(CustomerId id) {
    return database
        .sql(
            """
            select
              customer.id,
              customer.name,
              customer.organization,
              customer.level,
              customer.fields,
              customer.created_at,
              (select array_agg(address order by added_at, address)
               from customer_address
               where customer_address.customer = customer.id) as addresses
            from customer
            where customer.id = :id
            """)
        .param("id", id.value())
        .query(Customers::read)
        .optional();
  }

  /// The customer whose address it is. One statement.
  public Optional<Customer> withAddress(EmailAddress address) {
    Optional<Customer> found = search(address);
    found.ifPresent(customer -> known.keep(customer.id(), customer));
    return found;
  }

  private Optional<Customer> search(EmailAddress address) {
    return database
        .sql(
            """
            select
              customer.id,
              customer.name,
              customer.organization,
              customer.level,
              customer.fields,
              customer.created_at,
              (select array_agg(address order by added_at, address)
               from customer_address
               where customer_address.customer = customer.id) as addresses
            from customer_address as known
            join customer on customer.id = known.customer
            where known.address = :address
            """)
        .param("address", address.toString())
        .query(Customers::read)
        .optional();
  }

  /// Who writes from this address: the customer known by it, or a new one. Two who recognize the
  /// same address at once get the same customer. One statement for everybody known already.
  ///
  /// @throws IllegalArgumentException when the text cannot be an identity, see [EmailAddress]
  @Transactional
  public Customer recognize(String address, @Nullable String name) {
    var parsed =
        EmailAddress.parse(address)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "expected an address that can be an identity, but found '" + address + "'"));
    return recognize(parsed, name);
  }

  /// The same for an address that has been read already.
  @Transactional
  public Customer recognize(EmailAddress address, @Nullable String name) {
    return withAddress(address)
        .or(() -> create(address, nameFrom(name, address)))
        .or(() -> withAddress(address))
        .orElseThrow(
            () -> new IllegalStateException("expected a customer with the address " + address));
  }

  /// Empty when another transaction was faster. The address is claimed first, under the id that the
  /// customer will have, so that the loser of a race leaves no customer without an address behind.
  private Optional<Customer> create(EmailAddress address, String name) {
    var organization = domains.recognize(address.domain());
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    var created =
        database
            .sql(
                """
                with claimed as (
                  insert into customer_address (address, customer, added_at)
                  select :address, nextval(pg_get_serial_sequence('customer', 'id')), :now
                  on conflict (address) do nothing
                  returning customer)
                insert into customer (id, name, organization, created_at)
                select customer, :name, :organization, :now
                from claimed
                returning id, name, organization, level, fields, created_at, array[:address] as addresses
                """)
            .param("address", address.toString())
            .param("name", name)
            .param("organization", organization.map(OrganizationId::value).orElse(null))
            .param("now", now)
            .query(Customers::read)
            .optional();
    created.ifPresent(customer -> known.keep(customer.id(), customer));
    created.ifPresent(customer ->
        ledger.append(customer.id().subject(), 0, "customer.created", customer.actor(), Map.of()));
    return created;
  }

  private static String nameFrom(@Nullable String name, EmailAddress address) {
    // Control and format characters could make one name look like another.
    var clean = name == null ? "" : name.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
    if (clean.isEmpty()) {
      clean = address.local();
    }
    return clean.length() <= LONGEST_NAME
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_NAME / 2)).strip();
  }

  /// A customer with the organization and what the team keeps.
  public Optional<Profile> profile(CustomerId id) {
    return database
        .sql(
            """
            select
              customer.*,
              customer_level.name as level_name,
              customer_level.rank as level_rank,
              (select array_agg(address order by added_at, address)
               from customer_address
               where customer_address.customer = customer.id) as addresses
            from customer
            left join customer_level on customer_level.key = customer.level
            where customer.id = :id
            """)
        .param("id", id.value())
        .query((row, number) ->
            new Profile(
                read(row, number),
                null,
                place(row),
                row.getString("note"),
                row.getLong("revision")))
        .optional()
        .map(profile ->
            Optional.ofNullable(profile.customer().organization())
                .flatMap(organizations::withId)
                .map(profile::of)
                .orElse(profile));
  }

  private static Profile.Place place(ResultSet row) throws SQLException {
    var level = row.getString("level");
    var merged = row.getObject("merged_into", Long.class);
    return new Profile.Place(
        row.getString("role"),
        level == null
            ? null
            : new Level(level, row.getString("level_name"), row.getInt("level_rank")),
        merged == null ? null : new CustomerId(merged),
        row.getObject("erased_at") != null);
  }

  @Transactional
  public Outcome<Customer> rename(CustomerId id, String name, Actor by) {
    var clean = name.strip();
    if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a name of 1 to " + LONGEST_NAME + " letters.");
    }
    var revision =
        database
            .sql(
                """
                update customer set name = :name, revision = revision + 1
                where id = :id and erased_at is null
                returning revision
                """)
            .param("id", id.value())
            .param("name", clean)
            .query(Long.class)
            .optional();
    return recorded(id, revision, "customer.renamed", by, Map.of());
  }

  /// Replaces the team's note, unless somebody else has changed the customer since `revision`.
  @Transactional
  public Outcome<Customer> describe(CustomerId id, String note, long revision, Actor by) {
    var text = note.replace("\0", "").strip();
    if (text.length() > 20_000) {
      return Outcome.rejected(Reason.INVALID, "Expected a note of at most 20,000 letters.");
    }
    var next =
        database
            .sql(
                """
                update customer set note = :note, revision = revision + 1
                where id = :id and revision = :revision and erased_at is null
                returning revision
                """)
            .param("id", id.value())
            .param("note", text)
            .param("revision", revision)
            .query(Long.class)
            .optional();
    if (next.isEmpty() && withId(id).isPresent()) {
      return Outcome.rejected(
          Reason.OUTDATED, "Somebody changed this customer meanwhile. Your note is kept below.");
    }
    return recorded(id, next, "customer.described", by, Map.of());
  }

  /// Says that the owner of an address has shown to be there, unless that is known. In the caller's
  /// transaction.
  @Transactional
  public void verify(EmailAddress address, Verification how) {
    database
        .sql(
            """
            with verified as (
              update customer_address set verification = :how, verified_at = :now
              where address = :address and verification = 'unverified'
              returning customer)
            update customer set revision = revision + 1
            from verified
            where customer.id = verified.customer
            returning customer.id, customer.revision
            """)
        .param("address", address.toString())
        .param("how", how.key())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, _) -> Map.entry(new CustomerId(row.getLong("id")), row.getLong("revision")))
        .optional()
        .ifPresent(verified ->
            ledger.append(
                verified.getKey().subject(),
                verified.getValue(),
                "customer.identity-verified",
                Actor.SYSTEM,
                Map.of("address", address.toString())));
  }

  /// Says where somebody belongs and what they are there, unless somebody else has changed the
  /// customer since `revision`.
  ///
  /// @param organization by its name, made when there is none; empty for none
  @Transactional
  public Outcome<Customer> place(
      CustomerId id, String organization, String role, long revision, Actor by) {
    var clean = role.strip();
    if (clean.length() > LONGEST_ROLE) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a role of at most " + LONGEST_ROLE + " letters.");
    }
    return switch (organizations.called(organization, by)) {
      case Outcome.Rejected<Optional<OrganizationId>>(Reason reason, String detail) ->
          Outcome.rejected(reason, detail);
      case Outcome.Accepted<Optional<OrganizationId>>(var found) -> {
        var next =
            database
                .sql(
                    """
                    update customer
                    set
                      organization = cast(:organization as bigint),
                      role = :role,
                      revision = revision + 1
                    where id = :id and revision = :revision and erased_at is null
                    returning revision
                    """)
                .param("id", id.value())
                .param("organization", found.map(OrganizationId::value).orElse(null))
                .param("role", clean)
                .param("revision", revision)
                .query(Long.class)
                .optional();
        yield next.isEmpty()
            ? Outcome.rejected(
                Reason.OUTDATED, "Somebody changed this customer meanwhile; look again.")
            : recorded(id, next, "customer.placed", by, Map.of());
      }
    };
  }

  /// Counts a change of the customer and holds the row; empty when there is nobody to change.
  Optional<Long> touch(CustomerId id) {
    return database
        .sql(
            """
            update customer set revision = revision + 1
            where id = :id and erased_at is null and merged_into is null
            returning revision
            """)
        .param("id", id.value())
        .query(Long.class)
        .optional();
  }

  /// What the present transaction knows of a customer is no longer so.
  void forget(CustomerId id) {
    known.forget(id);
  }

  Outcome<Customer> recorded(
      CustomerId id, Optional<Long> revision, String kind, Actor by, Map<String, Object> data) {
    if (revision.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no customer " + id.value() + ".");
    }
    known.forget(id);
    ledger.append(id.subject(), revision.get(), kind, by, data);
    return Outcome.accepted(withId(id).orElseThrow());
  }

  private static Customer read(ResultSet row, int number) throws SQLException {
    var organization = row.getObject("organization", Long.class);
    return new Customer(
        new CustomerId(row.getLong("id")),
        row.getString("name"),
        addresses(row.getArray("addresses")),
        organization == null ? null : new OrganizationId(organization),
        row.getString("level"),
        FieldValues.of(row.getString("fields")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static List<String> addresses(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
