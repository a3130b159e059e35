package dev.evergreen.server.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Organizations by name, all or those that begin like what was typed, and the people of one. A
/// page costs the same however many there are.
@Component
public class OrganizationSearch {
  private static final int PAGE = 50;

  private final JdbcClient database;

  OrganizationSearch(JdbcClient database) {
    this.database = database;
  }

  /// A page, and where the next one begins if there is one.
  public record Page(List<Row> rows, @Nullable Cursor next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /// @param domain the first one; null when it has none
  public record Row(
      OrganizationId id, String name, @Nullable String domain, @Nullable String manager) {}

  public record Cursor(String name, OrganizationId id) {}

  /// Somebody of an organization.
  public record Member(CustomerId id, String name, String address, String role) {}

  /// Everybody's, after the cursor if there is one.
  public Page all(@Nullable Cursor after) {
    return page(
        database
            .sql(
                """
                select
                  organization.id,
                  organization.name,
                  agent.name as manager,
                  (select domain from organization_domain
                   where organization_domain.organization = organization.id
                   order by added_at, domain limit 1) as domain
                from organization
                left join agent on agent.id = organization.manager
                where (lower(organization.name), organization.id) > (lower(:name), :id)
                  and organization.merged_into is null
                order by lower(organization.name), organization.id
                limit :limit
                """)
            .param("name", after == null ? "" : after.name())
            .param("id", after == null ? 0 : after.id().value())
            .param("limit", PAGE + 1)
            .query(OrganizationSearch::read)
            .list());
  }

  /// Those with words in their name or in the team's own fields, or a domain, that begin as typed.
  public Page beginning(String typed, @Nullable Cursor after) {
    var beginning = Beginning.of(typed);
    if (beginning.isEmpty()) {
      return all(after);
    }
    return page(
        database
            .sql(
                """
                with found as materialized (
                  (select id from organization
                   where to_tsvector('simple', name) @@ to_tsquery('simple', :words)
                   limit 1000)
                  union
                  (select organization from organization_domain
                   where domain like :prefix
                   order by domain using ~<~
                   limit 1000)
                  union
                  (select id from organization
                   where fields is not null
                     and jsonb_to_tsvector('simple', fields, '["string", "numeric"]')
                       @@ to_tsquery('simple', :words)
                   limit 1000))
                select
                  organization.id,
                  organization.name,
                  agent.name as manager,
                  (select domain from organization_domain
                   where organization_domain.organization = organization.id
                   order by added_at, domain limit 1) as domain
                from found
                join organization on organization.id = found.id
                left join agent on agent.id = organization.manager
                where (lower(organization.name), organization.id) > (lower(:name), :id)
                  and organization.merged_into is null
                order by lower(organization.name), organization.id
                limit :limit
                """)
            .param("words", beginning.get().words())
            .param("prefix", beginning.get().prefix())
            .param("name", after == null ? "" : after.name())
            .param("id", after == null ? 0 : after.id().value())
            .param("limit", PAGE + 1)
            .query(OrganizationSearch::read)
            .list());
  }

  /// The people of an organization, by what they are there and by name.
  public List<Member> members(OrganizationId id, int most) {
    return database
        .sql(
            """
            select
              customer.id,
              customer.name,
              customer.role,
              coalesce(
                (select address from customer_address
                 where customer_address.customer = customer.id
                 order by added_at, address limit 1), '') as address
            from customer
            where customer.organization = :organization
              and customer.merged_into is null
              and customer.erased_at is null
            order by customer.role = '', customer.role, lower(customer.name), customer.id
            limit :most
            """)
        .param("organization", id.value())
        .param("most", most)
        .query((row, _) ->
            new Member(
                new CustomerId(row.getLong("id")),
                row.getString("name"),
                row.getString("address"),
                row.getString("role")))
        .list();
  }

  private static Page page(List<Row> rows) {
    return new Page(
        Beginning.shown(rows, PAGE),
        Beginning.last(rows, PAGE).map(last -> new Cursor(last.name(), last.id())).orElse(null));
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        new OrganizationId(row.getLong("id")),
        row.getString("name"),
        row.getString("domain"),
        row.getString("manager"));
  }
}
