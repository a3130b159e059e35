package dev.evergreen.server.ticket.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.view.Viewpoint;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    extraIncludes = {"customer", "team"},
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class TicketSearchTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Tickets tickets;
  @Autowired Conversations conversations;
  @Autowired Assignments assignments;
  @Autowired TicketSearch search;
  @Autowired Customers customers;
  @Autowired Agents agents;
  @Autowired DatabaseClock clock;

  @Test
  void words_are_found_wherever_they_stand_with_other_endings_and_without_accents() {
    var ines = agent(Role.AGENT);
    var id = open("Zürafenzelt verloren", "Das Gestänge ist gebrochen, refunds please.");
    conversations.note(id, "Warehouse quokkastation says no.", ines).expected();
    var reply = message(ines.actor(), "We ship a xylopole tomorrow.");
    var _ = conversations.reply(id, reply, ines.actor());

    for (var typed :
        List.of(
            "zurafenzelt",
            "ZÜRAFENZELT gestange",
            "zürafenz",
            "zurafenzelt refund",
            "quokkastations",
            "xylopoles zurafenzelt",
            "\"gestänge ist gebrochen\" zurafenzelt",
            "zurafenzelt -kangaroo",
            "zurafenzelt from:kim")) {
      assertThat(ids(typed, ines)).as(typed).containsExactly(id);
    }
    for (var typed :
        List.of(
            "zurafenzelt kangaroo",
            "zurafenzelt -refund",
            "\"gebrochen gestänge\" zurafenzelt",
            "zurafenzelt status:closed",
            "zurafenzelt before:2001-01-01")) {
      assertThat(ids(typed, ines)).as(typed).isEmpty();
    }
    assertThat(ids("#" + id.value(), ines).getFirst()).isEqualTo(id);
  }

  @Test
  void what_was_found_is_marked_and_stays_plain_text() {
    var ines = agent(Role.AGENT);
    open("The <b>wombatizer</b> is broken", "My Wombätizers <script>alert(1)</script> broke.");

    var hit = find("wombatizer", ines).hits().getFirst();

    assertThat(marked(hit.subject())).isEqualTo("The <b>[wombatizer]</b> is broken");
    assertThat(marked(hit.text())).isEqualTo("My [Wombätizers] <script>alert(1)</script> broke.");
  }

  @Test
  void pages_follow_one_another_and_the_subject_counts_most() {
    var ines = agent(Role.AGENT);
    var all = new ArrayList<TicketId>();
    var best = open("Platypusfeder", "It broke.");
    for (int i = 0; i < 12; i++) {
      all.add(open("Something else", "The platypusfeder number " + i + " is missing."));
    }

    var read = new ArrayList<TicketId>();
    var after = "";
    do {
      var page = search.find("platypusfeder", after, 5, from(ines)).expected();
      page.hits().forEach(hit -> read.add(hit.ticket().id()));
      after = page.next() == null ? "" : page.next();
    } while (!after.isEmpty());

    assertThat(read.getFirst()).isEqualTo(best);
    assertThat(read.subList(1, read.size())).isEqualTo(all.reversed());
  }

  @Test
  void nobody_finds_what_is_not_theirs_to_see() {
    var helper = agent(Role.COLLABORATOR);
    var hidden = open("Axolotlposten", "Where is it?");
    var own = open("Axolotlposten", "Mine.");
    assignments.assign(own, null, helper.id(), null, Actor.SYSTEM).expected();

    assertThat(ids("axolotlposten", helper)).containsExactly(own);
    assertThat(ids("#" + hidden.value(), helper)).doesNotContain(hidden);
    assertThat(ids("axolotlposten", agent(Role.AGENT))).contains(own, hidden);
  }

  @Test
  void operators_alone_list_what_fits() {
    var ines = agent(Role.AGENT);
    var id = open("Okapi", "Words");
    assignments.assign(id, null, ines.id(), null, ines.actor()).expected();

    assertThat(ids("agent:me", ines)).containsExactly(id);
    assertThat(ids("is:mine status:new subject:oka channel:email", ines)).containsExactly(id);
    assertThat(ids("is:mine -status:new", ines)).isEmpty();
    assertThat(ids("is:mine has:attachment", ines)).isEmpty();
    assertThat(ids("is:mine from:nobody-at-all", ines)).isEmpty();
  }

  @Test
  void what_cannot_be_asked_is_told_in_a_sentence() {
    var ines = agent(Role.AGENT);

    assertThat(problem("colour:red", ines)).contains("no operator “colour:”", "from:");
    assertThat(problem("before:yesterday", ines)).contains("a day such as", "yesterday");
    assertThat(problem("status:sleeping", ines)).contains("one of new, open", "sleeping");
    assertThat(problem("agent:nobody-at-all", ines)).contains("name of an agent");
    assertThat(problem("is:", ines)).isNotEmpty();
    assertThat(ids("https://example.org/a:b", ines)).isEmpty();
    for (var odd : List.of("\"", "-", "' or 1=1 --", "a:b:c\"", "!!! & |", "%", "\\", "(((")) {
      assertThat(search.find(odd, "", 5, from(ines))).as(odd).isNotNull();
    }
  }

  private String problem(String typed, Agent agent) {
    return search
        .find(typed, "", 5, from(agent))
        .fold(_ -> "", (Outcome.Rejected<Found> refused) -> refused.detail());
  }

  private List<TicketId> ids(String typed, Agent agent) {
    return find(typed, agent).hits().stream().map(hit -> hit.ticket().id()).toList();
  }

  private Found find(String typed, Agent agent) {
    return search.find(typed, "", 50, from(agent)).expected();
  }

  private Viewpoint from(Agent agent) {
    return new Viewpoint(agent, clock.instant(), ZoneOffset.UTC);
  }

  private static String marked(Marked text) {
    return text.pieces().stream()
        .map(piece -> piece.isMarked() ? "[" + piece.text() + "]" : piece.text())
        .collect(Collectors.joining());
  }

  private TicketId open(String subject, String text) {
    var kim = customers.recognize("search" + NUMBER.incrementAndGet() + "@sato.example", "Kim");
    var said = message(kim.actor(), text);
    return tickets.open(new NewTicket(subject, kim.id(), "email", said, null)).id();
  }

  private NewMessage message(Actor by, String text) {
    return new NewMessage(by, text, null, List.of(), clock.instant(), null);
  }

  private Agent agent(Role role) {
    var email = "search" + NUMBER.incrementAndGet() + "@ridge.example";
    return agents.add(new NewAgent("Ines", email, role, List.of()), Actor.SYSTEM).expected();
  }
}
