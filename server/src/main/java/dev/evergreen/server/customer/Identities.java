package dev.evergreen.server.customer;

import dev.evergreen.server.customer.Identity.Kind;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What customers are recognized by, kept by agents. The key of each table sees to it that nothing
/// belongs to two customers, whoever adds it at the same time.
@Component
public class Identities {
  /// The region whose numbers may be written without a country code.
  public static final Setting<String> REGION = Setting.text("customer.phone-region", "");

  private static final Pattern HANDLE =
      Pattern.compile("[a-z][a-z0-9-]{1,30}:[\\p{L}\\p{N}._-]{1,120}");

  private final JdbcClient database;
  private final Customers customers;
  private final Settings settings;
  private final InstantSource clock;

  Identities(JdbcClient database, Customers customers, Settings settings, InstantSource clock) {
    this.database = database;
    this.customers = customers;
    this.settings = settings;
    this.clock = clock;
  }

  /// All that a customer is recognized by: addresses first, each kind in the order it was added.
  public List<Identity> of(CustomerId id) {
    return database
        .sql(
            """
            select 0 as place, 'address' as kind, address as value, verification, verified_at, added_at
            from customer_address
            where customer = :id
            union all
            select case kind when 'phone' then 1 else 2 end, kind, value, verification, verified_at,
              added_at
            from customer_identity
            where customer = :id
            order by place, added_at, value
            """)
        .param("id", id.value())
        .query(Identities::read)
        .list();
  }

  /// Whose number or name it is.
  public Optional<CustomerId> owner(Kind kind, String value) {
    return database
        .sql("select customer from customer_identity where kind = :kind and value = :value")
        .param("kind", kind.key())
        .param("value", value)
        .query(Long.class)
        .optional()
        .map(CustomerId::new);
  }

  @Transactional
  public Outcome<Customer> add(CustomerId id, Kind kind, String typed, Actor by) {
    var canonical = canonical(kind, typed);
    if (canonical.isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected " + expected(kind) + ", but found “" + typed.strip() + "”.");
    }
    var revision = customers.touch(id);
    if (revision.isPresent() && !claim(id, kind, canonical.get())) {
      return Outcome.rejected(
          Reason.TAKEN, canonical.get() + " already belongs to a customer, perhaps to this one.");
    }
    return customers.recorded(
        id, revision, "customer." + kind.key() + "-added", by, Map.of(kind.key(), canonical.get()));
  }

  private Optional<String> canonical(Kind kind, String typed) {
    return switch (kind) {
      case ADDRESS -> EmailAddress.parse(typed).map(EmailAddress::toString);
      case PHONE -> PhoneNumber.parse(typed, settings.get(REGION)).map(PhoneNumber::value);
      case HANDLE ->
          Optional.of(typed.strip().toLowerCase(Locale.ROOT).replace("@", ""))
              .filter(text -> HANDLE.matcher(text).matches());
    };
  }

  private String expected(Kind kind) {
    return switch (kind) {
      case ADDRESS -> "an e-mail address such as ada@example.com";
      case PHONE ->
          settings.get(REGION).isEmpty()
              ? "a phone number with its country code, such as +49 30 123456"
              : "a phone number such as +49 30 123456";
      case HANDLE -> "a network and the name there, such as mastodon:ada";
    };
  }

  private boolean claim(CustomerId id, Kind kind, String value) {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    var claimed =
        kind == Kind.ADDRESS
            ? database
                .sql(
                    """
                    insert into customer_address (address, customer, added_at)
                    values (:value, :customer, :now)
                    on conflict (address) do nothing
                    """)
                .param("value", value)
            : database
                .sql(
                    """
                    insert into customer_identity (kind, value, customer, added_at)
                    values (:kind, :value, :customer, :now)
                    on conflict (kind, value) do nothing
                    """)
                .param("kind", kind.key())
                .param("value", value);
    return claimed.param("customer", id.value()).param("now", now).update() == 1;
  }

  /// Takes one away; the last address stays, because without one nobody could answer.
  @Transactional
  public Outcome<Customer> remove(CustomerId id, Kind kind, String value, Actor by) {
    var revision = customers.touch(id);
    var removed = kind == Kind.ADDRESS ? removeAddress(id, value) : removeOther(id, kind, value);
    if (revision.isPresent() && removed == 0) {
      return Outcome.rejected(
          Reason.OUTDATED,
          kind == Kind.ADDRESS
              ? "Expected another address to stay beside " + value + "; look again."
              : value + " is no longer here; look again.");
    }
    return customers.recorded(
        id, revision, "customer." + kind.key() + "-removed", by, Map.of(kind.key(), value));
  }

  private int removeAddress(CustomerId id, String address) {
    return database
        .sql(
            """
            delete from customer_address
            where customer = :customer
              and address = :address
              and exists (
                select from customer_address as other
                where other.customer = :customer and other.address <> :address)
            """)
        .param("customer", id.value())
        .param("address", address)
        .update();
  }

  private int removeOther(CustomerId id, Kind kind, String value) {
    return database
        .sql(
            """
            delete from customer_identity
            where kind = :kind and value = :value and customer = :customer
            """)
        .param("customer", id.value())
        .param("kind", kind.key())
        .param("value", value)
        .update();
  }

  /// An agent has made sure that it is theirs, or is no longer sure.
  @Transactional
  public Outcome<Customer> verify(
      CustomerId id, Kind kind, String value, boolean isSure, Actor by) {
    var revision = customers.touch(id);
    var statement =
        kind == Kind.ADDRESS
            ? database.sql(
                """
                update customer_address
                set verification = :verification, verified_at = cast(:at as timestamptz)
                where address = :value and customer = :customer
                """)
            : database
                .sql(
                    """
                    update customer_identity
                    set verification = :verification, verified_at = cast(:at as timestamptz)
                    where kind = :kind and value = :value and customer = :customer
                    """)
                .param("kind", kind.key());
    var changed =
        statement
            .param("verification", (isSure ? Verification.AGENT : Verification.UNVERIFIED).key())
            .param("at", isSure ? clock.instant().atOffset(ZoneOffset.UTC) : null)
            .param("value", value)
            .param("customer", id.value())
            .update();
    if (revision.isPresent() && changed == 0) {
      return Outcome.rejected(Reason.OUTDATED, value + " is no longer here; look again.");
    }
    return customers.recorded(
        id,
        revision,
        isSure ? "customer.identity-verified" : "customer.identity-doubted",
        by,
        Map.of(kind.key(), value));
  }

  private static Identity read(ResultSet row, int number) throws SQLException {
    var verifiedAt = row.getObject("verified_at", OffsetDateTime.class);
    return new Identity(
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("value"),
        Verification.of(row.getString("verification")),
        verifiedAt == null ? null : verifiedAt.toInstant(),
        row.getObject("added_at", OffsetDateTime.class).toInstant());
  }
}
