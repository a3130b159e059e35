package dev.evergreen.server.customer;

import dev.evergreen.server.customer.Segment.Activity;
import dev.evergreen.server.customer.Segment.Rule;
import dev.evergreen.server.customer.Segment.SegmentId;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Remembered;
import dev.evergreen.server.platform.field.FieldValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The segments, and who is in which. Rules are looked at when somebody asks, so that the answer is
/// right at that moment and nothing has to be kept up.
@Component
public class Segments {
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final JdbcClient database;
  private final Customers customers;
  private final ObjectProvider<CustomerActivity> activity;
  private final InstantSource clock;
  private final Remembered<CustomerId, List<Segment>> known = new Remembered<>();
  private volatile Kept kept = new Kept(List.of(), Long.MIN_VALUE);

  Segments(
      JdbcClient database,
      Customers customers,
      ObjectProvider<CustomerActivity> activity,
      InstantSource clock) {
    this.database = database;
    this.customers = customers;
    this.activity = activity;
    this.clock = clock;
  }

  /// The segments as they were read last: conditions of workflows ask often, and people change them
  /// seldom.
  private record Kept(List<Segment> segments, long readAt) {}

  private List<Segment> lately() {
    var now = System.nanoTime();
    if (kept.readAt() == Long.MIN_VALUE || now - kept.readAt() > KEPT.toNanos()) {
      kept = new Kept(all(), now);
    }
    return kept.segments();
  }

  public List<Segment> all() {
    return database
        .sql(
            """
            select
              segment.*,
              organization.name as organization_name,
              organization.fields as organization_fields,
              customer_level.name as level_name,
              customer_level.rank as level_rank
            from segment
            left join organization on organization.id = segment.organization
            left join customer_level on customer_level.key = segment.level
            order by segment.name
            """)
        .query(Segments::read)
        .list();
  }

  /// What is typed of a new segment.
  ///
  /// @param organization by its name; empty for any
  /// @param level by its key; empty for any
  public record Wanted(
      String name, String organization, String level, @Nullable Activity activity) {}

  @Transactional
  public Outcome<String> add(Wanted wanted) {
    var name = wanted.name().strip();
    var key = Levels.Keys.of(name);
    if (name.length() > 60 || key.isEmpty()) {
      return Outcome.rejected(Reason.INVALID, "Expected a name of 1 to 60 letters.");
    }
    var activity = wanted.activity();
    if (activity != null
        && (activity.tickets() < 1 || activity.days() < 1 || activity.days() > 3660)) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a number of tickets, and of days from 1 to 3,660.");
    }
    Optional<Long> organization = organizationCalled(wanted.organization());
    if (organization.isEmpty() && !wanted.organization().isBlank()) {
      return Outcome.rejected(
          Reason.INVALID, "There is no organization “" + wanted.organization().strip() + "”.");
    }
    try {
      database
          .sql(
              """
              insert into segment (key, name, organization, level, tickets_at_least, within_days)
              values (:key, :name, cast(:organization as bigint),
                (select key from customer_level where key = :level),
                cast(:tickets as integer), cast(:days as integer))
              """)
          .param("key", key)
          .param("name", name)
          .param("organization", organization.orElse(null))
          .param("level", wanted.level())
          .param("tickets", activity == null ? null : activity.tickets())
          .param("days", activity == null ? null : activity.days())
          .update();
      forget();
      return Outcome.accepted(key);
    } catch (DuplicateKeyException _) {
      return Outcome.rejected(Reason.TAKEN, "There is a segment “" + name + "” already.");
    }
  }

  private Optional<Long> organizationCalled(String name) {
    return database
        .sql(
            """
            select id from organization
            where lower(name) = lower(:name) and merged_into is null
            order by id
            limit 1
            """)
        .param("name", name.strip())
        .query(Long.class)
        .optional();
  }

  public void remove(SegmentId id) {
    database.sql("delete from segment where id = :id").param("id", id.value()).update();
    forget();
  }

  /// What was kept of the segments is no longer so.
  void forget() {
    kept = new Kept(List.of(), Long.MIN_VALUE);
  }

  /// The segments that a customer is in now. What others have just changed about segments may show
  /// ten seconds late.
  public List<Segment> of(CustomerId id) {
    var all = lately();
    return all.isEmpty() ? all : known.get(id, () -> Optional.of(among(all, id))).orElseThrow();
  }

  private List<Segment> among(List<Segment> all, CustomerId id) {
    var byHand =
        Set.copyOf(
            database
                .sql("select segment from segment_member where customer = :customer")
                .param("customer", id.value())
                .query((row, _) -> new SegmentId(row.getLong("segment")))
                .list());
    var profile = customers.profile(id);
    return all.stream()
        .filter(segment -> {
          var rule = segment.rule();
          return rule == null
              ? byHand.contains(segment.id())
              : profile.filter(known -> holds(rule, known)).isPresent();
        })
        .toList();
  }

  private boolean holds(Rule rule, Profile profile) {
    return (rule.organization() == null
            || rule.organization().id().equals(profile.customer().organization()))
        && (rule.level() == null || rule.level().equals(profile.place().level()))
        && (rule.activity() == null || isActive(profile.customer().id(), rule.activity()));
  }

  private boolean isActive(CustomerId id, Activity wanted) {
    var since = clock.instant().minus(Duration.ofDays(wanted.days()));
    return activity.stream()
        .anyMatch(one -> one.ticketsSince(id, since, wanted.tickets()) >= wanted.tickets());
  }

  /// Puts a customer into exactly these of the segments that are kept by hand.
  @Transactional
  public Outcome<Customer> put(CustomerId id, List<Long> segments, Actor by) {
    var revision = customers.touch(id);
    if (revision.isPresent()) {
      database
          .sql("delete from segment_member where customer = :customer")
          .param("customer", id.value())
          .update();
      database
          .sql(
              """
              insert into segment_member (segment, customer)
              select id, :customer from segment
              where id = any(:segments)
                and organization is null and level is null and tickets_at_least is null
              """)
          .param("customer", id.value())
          .param("segments", segments.toArray(Long[]::new))
          .update();
    }
    known.forget(id);
    return customers.recorded(id, revision, "customer.segments-changed", by, Map.of());
  }

  private static Segment read(ResultSet row, int number) throws SQLException {
    var organization = row.getObject("organization", Long.class);
    var level = row.getString("level");
    var tickets = row.getObject("tickets_at_least", Integer.class);
    var rule =
        organization == null && level == null && tickets == null
            ? null
            : new Rule(
                organization == null
                    ? null
                    : new Organization(
                        new OrganizationId(organization),
                        row.getString("organization_name"),
                        FieldValues.of(row.getString("organization_fields"))),
                level == null
                    ? null
                    : new Level(level, row.getString("level_name"), row.getInt("level_rank")),
                tickets == null ? null : new Activity(tickets, row.getInt("within_days")));
    return new Segment(
        new SegmentId(row.getLong("id")), row.getString("key"), row.getString("name"), rule);
  }
}
