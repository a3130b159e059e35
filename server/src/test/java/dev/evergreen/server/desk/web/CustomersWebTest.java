package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerMerges;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Identity.Kind;
import dev.evergreen.server.customer.Likenesses;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.customer.Segment;
import dev.evergreen.server.customer.Segments;
import dev.evergreen.server.customer.Verification;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome.Rejected;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// People and organizations on their pages, and what becomes of them.
class CustomersWebTest extends WebTest {
  @Autowired Customers customers;
  @Autowired Identities identities;
  @Autowired CustomerMerges merges;
  @Autowired Likenesses likenesses;
  @Autowired Segments segments;
  @Autowired Tickets tickets;
  @Autowired DatabaseClock clock;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @BeforeEach
  void arrive() {
    visitor = signedIn(somebody("Ada Moreno", Role.LEAD));
    visitor.get("/customers");
  }

  @Test
  void two_records_become_one_and_two_again_exactly() {
    var kept = somebodyAt("kept");
    var other = somebodyAt("other");
    var ticket = ticket(other, "Tent pole");
    var _ = identities.add(other.id(), Kind.PHONE, "+49 30 2345678", Actor.SYSTEM).expected();
    note(kept.id(), "Likes mail.");
    note(other.id(), "Likes the phone.");
    var keptBefore = profile(kept.id());
    var otherBefore = profile(other.id());
    var numbersBefore = identities.of(other.id());

    assertThat(visitor.get("/customers/%d/merge?other=%d".formatted(id(kept), id(other))).body())
        .contains("+49 30 2345678", "Likes the phone.", "tickets");
    assertThat(there(merge(kept, other))).endsWith("/customers/" + id(kept));

    assertThat(tickets.withId(ticket).orElseThrow().customer()).isEqualTo(kept.id());
    assertThat(profile(kept.id()).note()).contains("Likes mail.", "Likes the phone.");
    assertThat(profile(kept.id()).customer().addresses()).hasSize(2);
    assertThat(customers.recognize(other.address(), null).id()).isEqualTo(kept.id());
    assertThat(there(visitor.get("/customers/" + id(other)))).endsWith("/customers/" + id(kept));
    assertThat(visitor.get("/customers/" + id(kept)).body()).contains("Tent pole", "Made one");

    var later = ticket(profile(kept.id()).customer(), "Later");
    var undone = merges.into(kept.id()).getFirst().id();
    there(
        visitor.post(
            "/customers/%d/merges/%d/undoing".formatted(id(kept), undone), Map.of("sure", "1")));

    assertThat(tickets.withId(ticket).orElseThrow().customer()).isEqualTo(other.id());
    assertThat(tickets.withId(later).orElseThrow().customer()).isEqualTo(kept.id());
    assertThat(state(profile(kept.id()))).isEqualTo(state(keptBefore));
    assertThat(state(profile(other.id()))).isEqualTo(state(otherBefore));
    assertThat(identities.of(other.id())).isEqualTo(numbersBefore);
    assertThat(merges.undo(undone, Actor.SYSTEM)).isInstanceOf(Rejected.class);
  }

  @Test
  void a_merge_of_what_has_changed_since_is_refused() {
    var kept = somebodyAt("kept");
    var other = somebodyAt("other");
    var seen = new CustomerMerges.Seen(other.id(), profile(other.id()).revision());
    note(other.id(), "Somebody wrote this meanwhile.");

    var outcome =
        merges.merge(
            seen, new CustomerMerges.Seen(kept.id(), profile(kept.id()).revision()), Actor.SYSTEM);

    assertThat(outcome).isInstanceOf(Rejected.class);
    assertThat(profile(other.id()).isLive()).isTrue();
  }

  @Test
  void who_looks_like_the_same_person_is_shown_until_somebody_says_no() {
    var domain = "likely" + number() + ".example";
    var one = customers.recognize("a@" + domain, "Ada Weber");
    var two = customers.recognize("b@" + domain, "ada weber");

    assertThat(visitor.get("/customers/" + id(one)).body()).contains("The same person?");
    there(visitor.post("/customers/%d/distinct".formatted(id(one)), Map.of("other", "" + id(two))));

    assertThat(likenesses.of(one.id())).isEmpty();
    assertThat(likenesses.of(two.id())).isEmpty();
  }

  @Test
  void a_number_is_one_however_it_is_written_and_belongs_to_one() {
    var one = somebodyAt("phone");
    var two = somebodyAt("phone");

    var _ = identities.add(one.id(), Kind.PHONE, "0049 (0)30 / 987 6543", Actor.SYSTEM);
    var _ = identities.add(one.id(), Kind.PHONE, "+49 30 9876543", Actor.SYSTEM);

    assertThat(identities.owner(Kind.PHONE, "+49309876543")).contains(one.id());
    assertThat(identities.add(two.id(), Kind.PHONE, "+49-30-9876543", Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
    assertThat(identities.add(two.id(), Kind.PHONE, "call me", Actor.SYSTEM))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void an_identity_says_how_and_since_when_it_is_verified() {
    var ada = somebodyAt("verified");
    customers.verify(EmailAddress.parse(ada.address()).orElseThrow(), Verification.MAIL_REPLY);

    var found = identities.of(ada.id()).getFirst();
    assertThat(found.verification()).isEqualTo(Verification.MAIL_REPLY);
    assertThat(found.verifiedAt()).isNotNull();
    assertThat(visitor.get("/customers/" + id(ada)).body()).contains("answered our mail");
    there(
        visitor.post(
            "/customers/%d/identities/verification".formatted(id(ada)),
            Map.of("kind", "ADDRESS", "value", ada.address(), "sure", "false")));
    assertThat(identities.of(ada.id()).getFirst().verification())
        .isEqualTo(Verification.UNVERIFIED);
  }

  @Test
  void an_organization_has_people_tickets_domains_and_a_manager() {
    var domain = "house" + number() + ".example";
    var ada = customers.recognize("ada@" + domain, "Ada of the House");
    var _ = ticket(ada, "Their tent");
    var organization = profile(ada.id()).organization();
    var path = "/organizations/" + Objects.requireNonNull(organization).id().value();

    assertThat(there(visitor.post(path + "/domains", Map.of("domain", "second." + domain))))
        .endsWith(path);
    var manager = somebody("Mira Manager", Role.AGENT);
    var revision = "1";
    there(
        visitor.post(
            path + "/description",
            Map.of(
                "note", "Pays late.", "manager", "" + manager.id().value(), "revision", revision)));

    var page = visitor.get(path).body();
    assertThat(page)
        .contains(
            "Ada of the House", "Their tent", "second." + domain, "Mira Manager", "Pays late.");
    assertThat(customers.recognize("bo@second." + domain, "Bo").organization())
        .isEqualTo(organization.id());
    assertThat(visitor.get("/organizations?q=" + domain).body()).contains(domain);
    assertThat(visitor.post(path + "/domains", Map.of("domain", "gmail.com")).statusCode())
        .isEqualTo(422);
    there(
        visitor.post(
            "/customers/%d/place".formatted(id(ada)),
            Map.of(
                "organization", "Another House " + domain,
                "role", "decider",
                "revision", "" + profile(ada.id()).revision())));
    assertThat(profile(ada.id()).place().role()).isEqualTo("decider");
    assertThat(visitor.get(path).body()).doesNotContain("Ada of the House");
  }

  @Test
  void priority_and_segments_are_badges_and_facts() {
    var ada = somebodyAt("segment");
    var name = "Often here " + number();
    there(
        visitor.post(
            "/settings/customers/segments", Map.of("name", name, "tickets", "2", "days", "30")));
    there(visitor.post("/customers/%d/priority".formatted(id(ada)), Map.of("level", "vip")));
    var ticket = ticket(ada, "One");
    assertThat(segments.of(ada.id())).isEmpty();
    var _ = ticket(ada, "Two");

    assertThat(segments.of(ada.id())).extracting(Segment::name).containsExactly(name);
    assertThat(visitor.get("/tickets/" + ticket.value()).body()).contains("VIP", name);
    assertThat(visitor.get("/customers/" + id(ada)).body()).contains("VIP", name);
    for (var segment : segments.all()) {
      segments.remove(segment.id());
    }
  }

  @Test
  void the_timeline_tells_all_tickets_newest_first_page_by_page() {
    var ada = somebodyAt("story");
    for (int i = 0; i < 40; i++) {
      var _ = ticket(ada, "Ticket number " + i);
    }

    var first = visitor.get("/customers/" + id(ada)).body();
    var next = first.replaceFirst("(?s).*href=\"(/customers/\\d+\\?before=[0-9._]+)\".*", "$1");
    var second = visitor.get(next).body();

    assertThat(first)
        .contains("Ticket number 39", "Ticket number 10<")
        .doesNotContain("Ticket number 9<");
    assertThat(first.indexOf("Ticket number 39")).isLessThan(first.indexOf("Ticket number 38"));
    assertThat(second).contains("Ticket number 9<", "Ticket number 0<").doesNotContain("?before=");
  }

  @Test
  void consent_is_kept_with_how_it_was_told() {
    var ada = somebodyAt("consent");
    var path = "/customers/%d/consents".formatted(id(ada));
    there(visitor.post(path, Map.of("kind", "newsletter", "how", "by phone", "given", "true")));
    there(visitor.post(path, Map.of("kind", "newsletter", "how", "by mail", "given", "false")));

    assertThat(visitor.get("/customers/" + id(ada)).body()).contains("withdrawn", "by mail");
  }

  private java.net.http.HttpResponse<String> merge(Customer kept, Customer other) {
    return visitor.post(
        "/customers/%d/merge".formatted(id(kept)),
        Map.of(
            "other", "" + id(other),
            "revision", "" + profile(kept.id()).revision(),
            "otherRevision", "" + profile(other.id()).revision()));
  }

  private static List<Object> state(Profile profile) {
    return List.of(
        profile.customer(), profile.place(), profile.note(), "" + profile.organization());
  }

  private Customer somebodyAt(String name) {
    var number = number();
    return customers.recognize(name + number + "@gmail.com", name + " " + number);
  }

  private TicketId ticket(Customer customer, String subject) {
    var first =
        new NewMessage(customer.actor(), "Please help.", null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket(subject, customer.id(), "email", first, null)).id();
  }

  private void note(CustomerId id, String text) {
    var _ = customers.describe(id, text, profile(id).revision(), Actor.SYSTEM).expected();
  }

  private Profile profile(CustomerId id) {
    return customers.profile(id).orElseThrow();
  }

  private static long id(Customer customer) {
    return customer.id().value();
  }
}
