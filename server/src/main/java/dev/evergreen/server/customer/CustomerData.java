package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DataTable;
import dev.evergreen.server.platform.DataTable.Rows;
import dev.evergreen.server.platform.LedgerErasing;
import dev.evergreen.server.platform.PersonalData;
import dev.evergreen.server.platform.Subject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is kept about customers themselves. One who is erased leaves a row without a name behind,
/// to which the emptied tickets belong.
@Component
@Order(60)
final class CustomerData implements PersonalData {
  private static final String CUSTOMER = "customer";
  private static final String OF_CUSTOMER = "customer = :id";

  private final JdbcClient database;
  private final LedgerErasing ledger;

  CustomerData(JdbcClient database, LedgerErasing ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  @Override
  public List<DataTable> tables() {
    return Stream.of(
            List.of(
                DataTable.of(
                    "customer_address",
                    "addresses, and whether they are verified",
                    Rows.deleted(CUSTOMER, OF_CUSTOMER)),
                DataTable.of(
                    "customer_identity",
                    "phone numbers and names in networks",
                    Rows.deleted(CUSTOMER, OF_CUSTOMER)),
                DataTable.of(
                    "segment_member",
                    "segments that somebody was put into",
                    Rows.deleted(CUSTOMER, OF_CUSTOMER)),
                DataTable.of(
                    "consent",
                    "what was agreed to, and how that was told",
                    Rows.deleted(CUSTOMER, OF_CUSTOMER)),
                DataTable.of(
                    "customer_distinct",
                    "who looked like the same person and is not",
                    Rows.deleted(CUSTOMER, "one = :id or other = :id")),
                DataTable.of(
                    "customer_merge",
                    "records that were made one, with what each had",
                    Rows.deleted(CUSTOMER, "source = :id or target = :id")),
                DataTable.of(
                    "organization",
                    "the company somebody belongs to; one made for their domain alone goes with them",
                    Rows.rewritten(
                        CUSTOMER,
                        "id = (select customer.organization from customer where customer.id = :id)")),
                DataTable.of(
                    CUSTOMER,
                    "name, note, organization, role, priority and the team's own fields",
                    Rows.emptied(
                        CUSTOMER,
                        "id = :id",
                        """
                        name = 'Erased customer', note = '', organization = null, role = '',
                        level = null, fields = null, erased_at = current_timestamp, revision = revision + 1
                        """))),
            DataTable.none(
                "domains of companies; one made for a person alone goes with its organization",
                "organization_domain"),
            DataTable.none(
                "records of companies that were made one; of people the numbers alone",
                "organization_merge"),
            DataTable.none("what the team has set", "customer_level", "segment"))
        .flatMap(List::stream)
        .toList();
  }

  /// Records that were found to be the same person.
  @Override
  public List<Subject> below(Subject subject) {
    return subject.kind().equals(CUSTOMER)
        ? database
            .sql("select id from customer where merged_into = :id order by id")
            .param("id", subject.id())
            .query((row, _) -> new Subject(CUSTOMER, row.getLong("id")))
            .list()
        : List.of();
  }

  @Override
  public List<String> namesOf(Subject subject) {
    return subject.kind().equals(CUSTOMER)
        ? database
            .sql(
                """
                select address as name from customer_address where customer = :id
                union all
                select value from customer_identity where customer = :id
                """)
            .param("id", subject.id())
            .query((row, _) -> row.getString("name"))
            .list()
        : List.of();
  }

  @Override
  public Optional<Instant> bornAt(Subject subject) {
    return subject.kind().equals(CUSTOMER)
        ? database
            .sql("select created_at from customer where id = :id and erased_at is null")
            .param("id", subject.id())
            .query(OffsetDateTime.class)
            .optional()
            .map(OffsetDateTime::toInstant)
        : Optional.empty();
  }

  @Override
  public Set<String> plainWords() {
    return Set.of("level", "field");
  }

  /// An organization that was only ever recognized by its domain, and has nobody else, says as much
  /// about the person as their address.
  @Override
  public void beforeErasing(Subject subject, Actor by) {
    if (subject.kind().equals(CUSTOMER)) {
      database
          .sql(
              """
              select organization.id
              from customer
              join organization on organization.id = customer.organization
              where customer.id = :id
                and organization.revision = 0
                and not exists (
                  select from customer as other
                  where other.organization = organization.id and other.id <> customer.id)
                and not exists (
                  select from segment where segment.organization = organization.id)
              for update of organization
              """)
          .param("id", subject.id())
          .query((row, _) -> new OrganizationId(row.getLong("id")))
          .optional()
          .ifPresent(organization -> remove(organization, subject));
    }
  }

  private void remove(OrganizationId id, Subject person) {
    database
        .sql("update customer set organization = null where id = :id")
        .param("id", person.id())
        .update();
    database
        .sql("delete from organization_domain where organization = :id")
        .param("id", id.value())
        .update();
    database.sql("delete from organization where id = :id").param("id", id.value()).update();
    var _ = ledger.rewrite(id.subject(), _ -> Map.of());
  }
}
