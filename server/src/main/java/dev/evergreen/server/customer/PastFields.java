package dev.evergreen.server.customer;

import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.PastCustomers.Newcomer;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.field.FieldValues;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Fills the team's own fields of people who come with the past of another program, and of their
/// organizations. What stands here already stays.
@Component
final class PastFields {
  private final JdbcClient jdbc;
  private final Organizations organizations;
  private final Ledger ledger;

  PastFields(JdbcClient jdbc, Organizations organizations, Ledger ledger) {
    this.jdbc = jdbc;
    this.organizations = organizations;
    this.ledger = ledger;
  }

  /// In the caller's transaction.
  void fill(Collection<Newcomer> people, Map<String, CustomerId> found) {
    var ofCustomers = new TreeMap<Long, FieldValues>();
    var ofNames = new TreeMap<String, FieldValues>();
    for (var one : people) {
      var id = found.get(one.key());
      var fields = one.fields();
      if (id != null && !fields.own().values().isEmpty()) {
        ofCustomers.merge(id.value(), fields.own(), FieldValues::or);
      }
      if (!one.organization().isBlank() && !fields.organization().values().isEmpty()) {
        ofNames.merge(one.organization().strip(), fields.organization(), FieldValues::or);
      }
    }
    write(
        Holder.CUSTOMER,
        """
        update customer
        set fields = told.fields || coalesce(customer.fields, '{}'), revision = revision + 1
        from unnest(cast(:ids as bigint[]), cast(:fields as jsonb[])) as told (id, fields)
        where customer.id = told.id
          and customer.erased_at is null
          and told.fields || coalesce(customer.fields, '{}') is distinct from customer.fields
        returning customer.id, customer.revision
        """,
        ofCustomers);
    var ofOrganizations = new TreeMap<Long, FieldValues>();
    ofNames.forEach((name, fields) ->
        organizations
            .named(name)
            .ifPresent(one -> ofOrganizations.merge(one.id().value(), fields, FieldValues::or)));
    write(
        Holder.ORGANIZATION,
        """
        update organization
        set fields = told.fields || coalesce(organization.fields, '{}'), revision = revision + 1
        from unnest(cast(:ids as bigint[]), cast(:fields as jsonb[])) as told (id, fields)
        where organization.id = told.id
          and told.fields || coalesce(organization.fields, '{}') is distinct from organization.fields
        returning organization.id, organization.revision
        """,
        ofOrganizations);
  }

  private void write(Holder holder, String sql, Map<Long, FieldValues> told) {
    if (told.isEmpty()) {
      return;
    }
    jdbc.sql(sql)
        .param("ids", told.keySet().toArray(Long[]::new))
        .param("fields", told.values().stream().map(FieldValues::json).toArray(String[]::new))
        .query((row, _) ->
            ledger.append(
                new Subject(holder.about(), row.getLong("id")),
                row.getLong("revision"),
                holder.about() + ".fields-imported",
                Actor.SYSTEM,
                Map.of()))
        .list();
  }
}
