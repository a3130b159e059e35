package dev.evergreen.server.ticket.composing;

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
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.NewTicket;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/// What helps an agent while they write: drafts and canned responses.
@ApplicationModuleTest(
    mode = BootstrapMode.ALL_DEPENDENCIES,
    extraIncludes = {"customer", "team"},
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
class WritingTest {
  @Autowired Drafts drafts;
  @Autowired CannedResponses responses;
  @Autowired Tickets tickets;
  @Autowired Macros macros;
  @Autowired MacroUses uses;
  @Autowired MacroNames names;
  @Autowired Moods moods;
  @Autowired Customers customers;
  @Autowired Agents agents;
  @Autowired DatabaseClock clock;

  @Test
  void a_draft_is_kept_for_its_agent_until_it_is_dropped() {
    var ticket = ticket();
    var ines = agent("ines@shop.example");
    var mateo = agent("mateo@shop.example");

    drafts.keep(ticket, ines.id(), new Draft(Draft.Kind.REPLY, "Dear Am"));
    drafts.keep(ticket, ines.id(), new Draft(Draft.Kind.NOTE, "Dear\0 Amara"));

    assertThat(drafts.of(ticket, ines.id())).contains(new Draft(Draft.Kind.NOTE, "Dear Amara"));
    assertThat(drafts.of(ticket, mateo.id())).isEmpty();
    drafts.drop(ticket, ines.id());
    assertThat(drafts.of(ticket, ines.id())).isEmpty();
  }

  @Test
  void a_blank_draft_is_none_and_a_huge_one_keeps_its_beginning() {
    var ticket = ticket();
    var agent = agent("huge@shop.example");

    drafts.keep(ticket, agent.id(), new Draft(Draft.Kind.REPLY, "x".repeat(300_000)));
    assertThat(drafts.of(ticket, agent.id()).orElseThrow().text()).hasSize(100_000);

    drafts.keep(ticket, agent.id(), new Draft(Draft.Kind.REPLY, "  "));
    assertThat(drafts.of(ticket, agent.id())).isEmpty();
  }

  @Test
  void a_macro_does_all_it_says_at_once_and_is_one_entry() {
    var ticket = ticket();
    var by = agent("macro@shop.example");
    var effects = new MacroEffects(Priority.HIGH, "refund", null, true, "resolved");
    assertThat(MacroEffects.decoded(effects.encoded())).isEqualTo(effects);
    assertThat(effects.words(names.all()))
        .isEqualTo(
            "sets the priority to high, sets the category to refund, makes you responsible and"
                + " closes it: resolved");

    var done = uses.perform(ticket, new Macro.Use("Refund", effects), by);

    assertThat(done.refused()).isEmpty();
    assertThat(done.change()).isPresent();
    var after = tickets.withId(ticket).orElseThrow();
    assertThat(after.state().priority()).isEqualTo(Priority.HIGH);
    assertThat(after.state().category()).isEqualTo("refund");
    assertThat(after.assignment().agent()).isEqualTo(by.id());
    assertThat(after.isClosed()).isTrue();
    var entries = tickets.visibleTo(by).conversation(after).entries();
    assertThat(entries.getLast().kind()).isEqualTo("ticket.macro-applied");
    assertThat(entries.getLast().data().get("first")).isEqualTo(2);
  }

  @Test
  void what_a_macro_cannot_do_any_more_is_left_out_and_said() {
    var ticket = ticket();
    var by = agent("partly@shop.example");
    var effects =
        new MacroEffects(
            new MacroEffects.Sorts(
                Priority.URGENT,
                null,
                null,
                List.of("x".repeat(60)),
                List.of(),
                Map.of("no-such-field", "1")),
            new MacroEffects.Handing(null, false),
            new MacroEffects.Settling(new StatusId(999_999), null));
    var done = uses.perform(ticket, new Macro.Use("Partly", effects), by);

    assertThat(done.refused()).hasSize(3);
    assertThat(tickets.withId(ticket).orElseThrow().state().priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void macros_are_there_for_whom_they_are_meant() {
    var lead =
        agents
            .add(new NewAgent("Lea", "lea@shop.example", Role.LEAD, List.of()), Actor.SYSTEM)
            .expected();
    var ines = agent("own@shop.example");
    var mateo = agent("other@shop.example");
    var own = macros.add(macro("Mine alone", new Macro.Scope.Own(ines.id())), ines).expected();
    var all = macros.add(macro("For all", new Macro.Scope.All()), lead).expected();

    assertThat(macros.visibleTo(ines)).contains(own, all);
    assertThat(macros.visibleTo(mateo)).contains(all).doesNotContain(own);
    assertThat(macros.visibleTo(mateo, own.id())).isEmpty();
    assertThat(reason(macros.remove(own.id(), own.revision(), lead)))
        .isEqualTo(Outcome.Reason.OUTDATED);
    assertThat(reason(macros.change(all, ines))).isEqualTo(Outcome.Reason.INVALID);
    assertThat(reason(macros.add(macro("Foreign", new Macro.Scope.Own(mateo.id())), ines)))
        .isEqualTo(Outcome.Reason.INVALID);
    assertThat(reason(macros.add(macro("", new Macro.Scope.Own(ines.id())), ines)))
        .isEqualTo(Outcome.Reason.INVALID);
  }

  private static Macro macro(String name, Macro.Scope scope) {
    return new Macro(0, name, scope, "Hello {{ customer.name }}", MacroEffects.NONE, 0);
  }

  @Test
  void angry_words_are_heard_and_calm_ones_are_not() {
    assertThat(
            List.of(
                "This is the THIRD TIME I write. Nobody answers!!",
                "Absolutely unacceptable. I will talk to my lawyer.",
                "Das ist eine Frechheit, ich warte seit Wochen!"))
        .allSatisfy(text -> assertThat(moods.of(text)).isEqualTo(Mood.ANGRY));
    assertThat(
            List.of(
                "Hi! The boots are a 41 and I ordered 39. Can I swap them?",
                "Could you review my order, please? It is not urgent.",
                "Danke, das hat geholfen!"))
        .allSatisfy(text -> assertThat(moods.of(text)).isEqualTo(Mood.CALM));
  }

  @Test
  void canned_responses_are_added_changed_and_removed_once() {
    var by = agent("editor@shop.example").actor();
    var added = responses.add("shipping", "It leaves today.", by).expected();

    var changed =
        responses
            .change(new CannedResponse(added.id(), "shipping", "Tomorrow.", added.revision()), by)
            .expected();

    assertThat(responses.all()).contains(changed);
    assertThat(reason(responses.add("shipping", "Again.", by))).isEqualTo(Outcome.Reason.TAKEN);
    assertThat(reason(responses.change(added, by))).isEqualTo(Outcome.Reason.OUTDATED);
    assertThat(
            reason(
                responses.change(
                    new CannedResponse(changed.id(), "greeting", "x", changed.revision()), by)))
        .isEqualTo(Outcome.Reason.TAKEN);
    assertThat(reason(responses.remove(added.id(), added.revision(), by)))
        .isEqualTo(Outcome.Reason.OUTDATED);
    assertThat(responses.remove(changed.id(), changed.revision(), by).expected().name())
        .isEqualTo("shipping");
  }

  @Test
  void a_text_that_is_no_liquid_is_refused_with_its_place() {
    var by = agent("liquid@shop.example").actor();

    var refused = responses.add("broken", "Hello {{ customer.name", by);

    assertThat(reason(refused)).isEqualTo(Outcome.Reason.INVALID);
    assertThat(responses.all()).noneMatch(response -> response.name().equals("broken"));
  }

  @Test
  void the_shipped_ones_are_filled_in() {
    var agent = agent("filled@shop.example");

    assertThat(responses.filledIn(ticket(), agent))
        .anySatisfy(response -> assertThat(response.text()).endsWith(agent.name()));
  }

  private static Outcome.Reason reason(Outcome<?> outcome) {
    return outcome.fold(
        value -> {
          throw new AssertionError("expected a rejection, but found " + value);
        },
        Outcome.Rejected::reason);
  }

  private Agent agent(String email) {
    return agents
        .add(new NewAgent("Ines Sørensen", email, Role.AGENT, List.of()), Actor.SYSTEM)
        .expected();
  }

  private TicketId ticket() {
    var customer = customers.recognize("amara@okafor.example", "Amara Okafor");
    var first =
        new NewMessage(
            customer.actor(), "Boots arrived in 41", null, List.of(), clock.instant(), null);
    return tickets.open(new NewTicket("Boots", customer.id(), "email", first, null)).id();
  }
}
