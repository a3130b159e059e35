package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.CustomerMerges;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.OrganizationDomains;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationMerges;
import dev.evergreen.server.customer.OrganizationProfile;
import dev.evergreen.server.customer.OrganizationSearch;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.customer.Segments;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome.Rejected;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Two records of one organization become one, and two again.
class OrganizationMergesWebTest extends WebTest {
  @Autowired Customers customers;
  @Autowired CustomerMerges customerMerges;
  @Autowired Organizations organizations;
  @Autowired OrganizationDomains domains;
  @Autowired OrganizationMerges merges;
  @Autowired OrganizationSearch search;
  @Autowired Segments segments;
  @Autowired OwnFields definitions;
  @Autowired CustomerFields fields;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @BeforeEach
  void arrive() {
    ada = somebody("Ada Moreno", Role.ADMINISTRATOR);
    visitor = signedIn(ada);
    visitor.get("/organizations");
    for (var holder : List.of(Holder.CUSTOMER, Holder.ORGANIZATION)) {
      define(holder, "region_of");
      define(holder, "color_of");
    }
  }

  @Test
  void all_that_is_one_records_goes_to_the_other_and_comes_back_exactly() {
    var kim = person();
    var bo = person();
    var kept = home(kim);
    var other = home(bo);
    describe(kept, "Pays late.", null);
    describe(other, "Wants calls.", ada);
    set(Holder.ORGANIZATION, kept.value(), "region_of", "North");
    set(Holder.ORGANIZATION, other.value(), "region_of", "South");
    set(Holder.ORGANIZATION, other.value(), "color_of", "Blue");
    var name = profile(other).organization().name();
    var segment = "Of theirs " + number();
    var _ = segments.add(new Segments.Wanted(segment, name, "", null)).expected();
    var keptBefore = profile(kept);
    var otherBefore = profile(other);

    assertThat(visitor.get(page(kept) + "/merge?q=" + name).body()).contains(name);
    assertThat(visitor.get(page(kept) + "/merge?other=" + other.value()).body())
        .contains(
            "Wants calls.", "Ada Moreno is taken over", "North stays, South does not", "Blue");
    assertThat(there(merge(kept, other))).endsWith(page(kept));

    assertThat(organizationOf(bo)).isEqualTo(kept);
    assertThat(profile(kept).domains()).hasSize(2);
    assertThat(profile(kept).note()).contains("Pays late.", "Wants calls.");
    assertThat(Objects.requireNonNull(profile(kept).manager()).id()).isEqualTo(ada.id());
    assertThat(profile(kept).organization().fields().values())
        .isEqualTo(Map.of("region_of", "North", "color_of", "Blue"));
    assertThat(home(customers.recognize("new@" + domain(bo), "New")))
        .as("whoever writes from the other domain belongs to the one that stayed")
        .isEqualTo(kept);
    assertThat(organizations.named(name).orElseThrow().id()).isEqualTo(kept);
    assertThat(segments.of(bo.id())).extracting(one -> one.name()).contains(segment);
    assertThat(search.beginning(name, null).rows())
        .extracting(row -> row.id())
        .contains(kept)
        .doesNotContain(other);
    assertThat(there(visitor.get(page(other)))).endsWith(page(kept));
    assertThat(visitor.get(page(kept)).body())
        .contains("Made one", "1 person, 1 domain, 1 segment");
    assertThat(organizations.rename(other, "Gone", ada.actor())).isInstanceOf(Rejected.class);

    var undone = merges.into(kept).getFirst().id();
    there(visitor.post(page(kept) + "/merges/" + undone + "/undoing", Map.of("sure", "1")));

    assertThat(organizationOf(bo)).isEqualTo(other);
    assertThat(organizationOf(kim)).isEqualTo(kept);
    assertThat(state(profile(kept))).isEqualTo(state(keptBefore));
    assertThat(state(profile(other))).isEqualTo(state(otherBefore));
    assertThat(merges.undo(undone, Actor.SYSTEM)).isInstanceOf(Rejected.class);
  }

  @Test
  void what_somebody_has_changed_since_stays_when_it_is_undone() {
    var kept = home(person());
    var other = home(person());
    set(Holder.ORGANIZATION, other.value(), "region_of", "South");
    set(Holder.ORGANIZATION, other.value(), "color_of", "Blue");
    there(merge(kept, other));
    set(Holder.ORGANIZATION, kept.value(), "region_of", "East");
    describe(kept, "Said since.", ada);

    var _ = merges.undo(merges.into(kept).getFirst().id(), ada.actor()).expected();

    assertThat(profile(kept).organization().fields().values())
        .isEqualTo(Map.of("region_of", "East"));
    assertThat(profile(kept).note()).isEqualTo("Said since.");
  }

  @Test
  void a_merge_of_what_has_changed_since_is_refused_and_of_one_merged_already_too() {
    var kept = home(person());
    var other = home(person());
    var third = home(person());
    var seen = new OrganizationMerges.Seen(other, profile(other).revision());
    describe(other, "Somebody wrote this meanwhile.", null);
    assertThat(merges.merge(seen, seen(kept), ada.actor())).isInstanceOf(Rejected.class);
    assertThat(merges.merge(seen(kept), seen(kept), ada.actor())).isInstanceOf(Rejected.class);

    there(merge(kept, other));
    assertThat(merges.merge(seen(other), seen(third), ada.actor())).isInstanceOf(Rejected.class);
    assertThat(visitor.get(page(kept) + "/merge?other=" + other.value()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_persons_own_fields_follow_the_same_rules() {
    var kim = person();
    var bo = person();
    set(Holder.CUSTOMER, kim.id().value(), "region_of", "North");
    set(Holder.CUSTOMER, bo.id().value(), "region_of", "South");
    set(Holder.CUSTOMER, bo.id().value(), "color_of", "Blue");
    assertThat(
            visitor
                .get("/customers/" + kim.id().value() + "/merge?other=" + bo.id().value())
                .body())
        .contains("North stays, South does not", "Blue is taken over");

    var merge = customerMerges.merge(seen(bo), seen(kim), ada.actor()).expected();
    assertThat(customers.withId(kim.id()).orElseThrow().fields().values())
        .isEqualTo(Map.of("region_of", "North", "color_of", "Blue"));
    var _ = customerMerges.undo(merge.id(), ada.actor()).expected();
    assertThat(customers.withId(kim.id()).orElseThrow().fields().values())
        .isEqualTo(Map.of("region_of", "North"));
  }

  private void define(Holder holder, String key) {
    if (definitions.withKey(holder.about(), key).isEmpty()) {
      var _ =
          definitions
              .add(
                  holder.about(),
                  new OwnField.Naming(key, key, ""),
                  new OwnField.Shape(FieldKind.TEXT, List.of(), List.of(), null, null),
                  new OwnField.Use(OwnField.Required.NEVER, List.of(), false, 0),
                  ada.actor())
              .expected();
    }
  }

  private Customer person() {
    int number = number();
    return customers.recognize("kim@joined" + number + ".example", "Kim " + number);
  }

  private static String domain(Customer customer) {
    return customer.address().replaceFirst(".*@", "");
  }

  private static OrganizationId home(Customer customer) {
    return Objects.requireNonNull(customer.organization());
  }

  private OrganizationId organizationOf(Customer customer) {
    return home(customers.withId(customer.id()).orElseThrow());
  }

  private OrganizationProfile profile(OrganizationId id) {
    return organizations.profile(id).orElseThrow();
  }

  /// All but what counts changes.
  private static List<Object> state(OrganizationProfile profile) {
    return List.of(
        profile.organization(),
        profile.domains(),
        String.valueOf(profile.manager()),
        profile.note(),
        profile.isLive());
  }

  private void describe(OrganizationId id, String note, @Nullable Agent manager) {
    var _ =
        organizations
            .describe(
                id,
                note,
                manager == null ? null : manager.id(),
                profile(id).revision(),
                ada.actor())
            .expected();
  }

  private void set(Holder holder, long id, String key, String value) {
    var _ = fields.set(holder, id, key, value, ada.actor()).expected();
  }

  private static String page(OrganizationId id) {
    return "/organizations/" + id.value();
  }

  private OrganizationMerges.Seen seen(OrganizationId id) {
    return new OrganizationMerges.Seen(id, profile(id).revision());
  }

  private CustomerMerges.Seen seen(Customer customer) {
    return new CustomerMerges.Seen(
        customer.id(), customers.profile(customer.id()).orElseThrow().revision());
  }

  private java.net.http.HttpResponse<String> merge(OrganizationId into, OrganizationId other) {
    return visitor.post(
        page(into) + "/merge",
        Map.of(
            "other", "" + other.value(),
            "revision", "" + profile(into).revision(),
            "otherRevision", "" + profile(other).revision()));
  }
}
