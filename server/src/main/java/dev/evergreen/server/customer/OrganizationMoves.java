package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Moves what belongs to one record of an organization to another, and back: its domains, its
/// people, who take their tickets along, and the segments that ask for it. In the caller's
/// transaction.
@Component
final class OrganizationMoves {
  private final JdbcClient database;
  private final Customers customers;
  private final Segments segments;
  private final Ledger ledger;

  OrganizationMoves(JdbcClient database, Customers customers, Segments segments, Ledger ledger) {
    this.database = database;
    this.customers = customers;
    this.segments = segments;
    this.ledger = ledger;
  }

  /// What was moved, by key or id.
  record Moved(List<String> domains, List<Long> people, List<Long> segments) {
    OrganizationMerge.Moved counts() {
      return new OrganizationMerge.Moved(people.size(), domains.size(), segments.size());
    }
  }

  Moved move(OrganizationId from, OrganizationId to, Actor by) {
    var domains =
        database
            .sql(
                """
                update organization_domain set organization = :to where organization = :from
                returning domain
                """)
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> row.getString("domain"))
            .list();
    var people =
        database
            .sql(
                """
                update customer set organization = :to, revision = revision + 1
                where organization = :from
                returning id, revision
                """)
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> placed(row.getLong("id"), row.getLong("revision"), by))
            .list();
    var asked =
        database
            .sql("update segment set organization = :to where organization = :from returning id")
            .param("from", from.value())
            .param("to", to.value())
            .query((row, _) -> row.getLong("id"))
            .list();
    segments.forget();
    return new Moved(domains, people, asked);
  }

  /// What still is where it went goes back.
  void moveBack(Moved moved, OrganizationMerge merge, Actor by) {
    var parameters = Map.of("source", merge.source().value(), "target", merge.target().value());
    database
        .sql(
            """
            update organization_domain set organization = :source
            where domain = any(:domains) and organization = :target
            """)
        .params(parameters)
        .param("domains", moved.domains().toArray(String[]::new))
        .update();
    var _ =
        database
            .sql(
                """
                update customer set organization = :source, revision = revision + 1
                where id = any(:people) and organization = :target
                returning id, revision
                """)
            .params(parameters)
            .param("people", moved.people().toArray(Long[]::new))
            .query((row, _) -> placed(row.getLong("id"), row.getLong("revision"), by))
            .list();
    database
        .sql(
            """
            update segment set organization = :source
            where id = any(:segments) and organization = :target
            """)
        .params(parameters)
        .param("segments", moved.segments().toArray(Long[]::new))
        .update();
    segments.forget();
  }

  private long placed(long customer, long revision, Actor by) {
    var id = new CustomerId(customer);
    customers.forget(id);
    ledger.append(id.subject(), revision, "customer.placed", by, Map.of());
    return customer;
  }
}
