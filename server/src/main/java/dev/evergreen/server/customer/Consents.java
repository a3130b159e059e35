package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What customers agreed to. Nothing is overwritten: what was taken back was given before.
@Component
public class Consents {
  private final JdbcClient database;
  private final Customers customers;
  private final InstantSource clock;

  Consents(JdbcClient database, Customers customers, InstantSource clock) {
    this.database = database;
    this.customers = customers;
    this.clock = clock;
  }

  /// The newest word of each kind.
  public List<Consent> of(CustomerId id) {
    return database
        .sql(
            """
            select distinct on (kind) *
            from consent
            where customer = :customer
            order by kind, id desc
            """)
        .param("customer", id.value())
        .query(Consents::read)
        .list();
  }

  /// Every word, the newest first.
  public List<Consent> history(CustomerId id, int limit) {
    return database
        .sql("select * from consent where customer = :customer order by id desc limit :limit")
        .param("customer", id.value())
        .param("limit", limit)
        .query(Consents::read)
        .list();
  }

  /// Whether the customer agrees to this now.
  public boolean isGiven(CustomerId id, String kind) {
    return of(id).stream().anyMatch(one -> one.kind().equals(kind) && one.isGiven());
  }

  @Transactional
  public Outcome<Customer> tell(CustomerId id, String kind, boolean isGiven, String how, Actor by) {
    var what = kind.strip();
    var way = how.strip();
    if (what.isEmpty() || what.length() > 60 || way.isEmpty() || way.length() > 200) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected what it is about, in 1 to 60 letters, and how it was told, in 1 to 200.");
    }
    var revision = customers.touch(id);
    if (revision.isPresent()) {
      database
          .sql(
              """
              insert into consent (customer, kind, given, how, at, kept_by_name)
              values (:customer, :kind, :given, :how, :now, :name)
              """)
          .param("customer", id.value())
          .param("kind", what)
          .param("given", isGiven)
          .param("how", way)
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .param("name", by.name())
          .update();
    }
    return customers.recorded(
        id,
        revision,
        isGiven ? "customer.consent-given" : "customer.consent-withdrawn",
        by,
        Map.of("consent", what));
  }

  private static Consent read(ResultSet row, int number) throws SQLException {
    return new Consent(
        row.getString("kind"),
        row.getBoolean("given"),
        row.getString("how"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("kept_by_name"));
  }
}
