package dev.evergreen.server.customer;

import dev.evergreen.server.customer.CustomerPage.Cursor;
import dev.evergreen.server.customer.CustomerPage.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Customers by name, all or those that begin like what was typed. A page costs the same however
/// many there are: it is read from where the last one ended, and a search looks at no more than the
/// first thousand matches by name, by address and by what stands in the team's own fields.
@Component
public class CustomerSearch {
  private static final int PAGE = 50;

  private final JdbcClient database;

  CustomerSearch(JdbcClient database) {
    this.database = database;
  }

  /// Everybody, after the cursor if there is one.
  public CustomerPage all(@Nullable Cursor after) {
    var rows =
        database
            .sql(
                """
                select
                  customer.id,
                  customer.name,
                  organization.name as organization,
                  (select address from customer_address
                   where customer_address.customer = customer.id
                   order by added_at, address limit 1) as address
                from customer
                left join organization on organization.id = customer.organization
                where (lower(customer.name), customer.id) > (lower(:name), :id)
                  and customer.merged_into is null
                  and customer.erased_at is null
                order by lower(customer.name), customer.id
                limit :limit
                """)
            .param("name", after == null ? "" : after.name())
            .param("id", after == null ? 0 : after.id().value())
            .param("limit", PAGE + 1)
            .query(CustomerSearch::read)
            .list();
    return page(rows);
  }

  /// Those who have words in their name or in the team's own fields, or an address, that begin as
  /// typed.
  public CustomerPage beginning(String typed, @Nullable Cursor after) {
    var beginning = Beginning.of(typed);
    if (beginning.isEmpty()) {
      return all(after);
    }
    var rows =
        database
            .sql(
                """
                with found as materialized (
                  (select id from customer
                   where to_tsvector('simple', name) @@ to_tsquery('simple', :words)
                   limit 1000)
                  union
                  (select customer from customer_address
                   where address like :prefix
                   order by address using ~<~
                   limit 1000)
                  union
                  (select id from customer
                   where fields is not null
                     and jsonb_to_tsvector('simple', fields, '["string", "numeric"]')
                       @@ to_tsquery('simple', :words)
                   limit 1000))
                select
                  customer.id,
                  customer.name,
                  organization.name as organization,
                  (select address from customer_address
                   where customer_address.customer = customer.id
                   order by added_at, address limit 1) as address
                from found
                join customer on customer.id = found.id
                left join organization on organization.id = customer.organization
                where (lower(customer.name), customer.id) > (lower(:name), :id)
                  and customer.merged_into is null
                  and customer.erased_at is null
                order by lower(customer.name), customer.id
                limit :limit
                """)
            .param("words", beginning.get().words())
            .param("prefix", beginning.get().prefix())
            .param("name", after == null ? "" : after.name())
            .param("id", after == null ? 0 : after.id().value())
            .param("limit", PAGE + 1)
            .query(CustomerSearch::read)
            .list();
    return page(rows);
  }

  private static CustomerPage page(List<Row> rows) {
    return new CustomerPage(
        Beginning.shown(rows, PAGE),
        Beginning.last(rows, PAGE).map(last -> new Cursor(last.name(), last.id())).orElse(null));
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        new CustomerId(row.getLong("id")),
        row.getString("name"),
        row.getString("address"),
        row.getString("organization"));
  }
}
