package dev.evergreen.server.customer;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who may be the same person: the same name, in the same organization or with an address at the
/// same domain. Numbers are not compared, because no two customers can have the same.
@Component
public class Likenesses {
  private static final int MOST = 5;

  private final JdbcClient database;

  Likenesses(JdbcClient database) {
    this.database = database;
  }

  /// Somebody who may be the same, and why.
  public record Likeness(CustomerId id, String name, String address, String why) {}

  public List<Likeness> of(CustomerId id) {
    return database
        .sql(
            """
            select
              other.id,
              other.name,
              coalesce(
                (select address from customer_address
                 where customer_address.customer = other.id
                 order by added_at, address limit 1), '') as address
            from customer
            join customer as other
              on lower(other.name) = lower(customer.name)
              and other.id <> customer.id
              and other.merged_into is null
              and other.erased_at is null
            where customer.id = :id
              and (
                other.organization = customer.organization
                or exists (
                  select from customer_address as mine
                  join customer_address as theirs
                    on split_part(theirs.address, '@', 2) = split_part(mine.address, '@', 2)
                  where mine.customer = customer.id and theirs.customer = other.id))
              and not exists (
                select from customer_distinct
                where one = least(customer.id, other.id) and customer_distinct.other = greatest(customer.id, other.id))
            order by other.id
            limit :most
            """)
        .param("id", id.value())
        .param("most", MOST)
        .query((row, _) ->
            new Likeness(
                new CustomerId(row.getLong("id")),
                row.getString("name"),
                row.getString("address"),
                "same name, same place"))
        .list();
  }

  /// They are two people: it is not asked again.
  public void dismiss(CustomerId one, CustomerId other) {
    if (one.equals(other)) {
      return;
    }
    database
        .sql(
            """
            insert into customer_distinct (one, other)
            select least(mine.id, theirs.id), greatest(mine.id, theirs.id)
            from customer as mine, customer as theirs
            where mine.id = :one and theirs.id = :other
            on conflict (one, other) do nothing
            """)
        .param("one", one.value())
        .param("other", other.value())
        .update();
  }
}
