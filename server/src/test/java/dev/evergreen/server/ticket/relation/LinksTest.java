package dev.evergreen.server.ticket.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Likeness;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketTest;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LinksTest extends TicketTest {
  @Autowired Links links;
  @Autowired Splits splits;

  @Test
  void a_link_is_seen_from_both_ends_and_taken_away_at_either() {
    var ines = agent(Role.AGENT);
    var broken = open(customer(), "Payment down", "one").id();
    var paid = open(customer(), "Cannot pay", "two").id();

    var _ = links.link(paid, Link.Role.PROBLEM, broken, ines).expected();

    assertThat(roles(paid, ines)).containsExactly("PROBLEM " + broken);
    assertThat(roles(broken, ines)).containsExactly("INCIDENT " + paid);
    assertThat(kinds(paid)).endsWith("ticket.linked");
    assertThat(kinds(broken)).endsWith("ticket.linked");
    var _ = links.link(paid, Link.Role.RELATED, broken, ines).expected();
    assertThat(roles(broken, ines)).containsExactly("RELATED " + paid);
    var _ = links.unlink(broken, paid, ines).expected();
    assertThat(roles(paid, ines)).isEmpty();
    assertThat(kinds(paid)).endsWith("ticket.unlinked");
    var revision = ticket(paid).revision();
    var _ = links.unlink(broken, paid, ines).expected();
    assertThat(ticket(paid).revision()).isEqualTo(revision);
  }

  @Test
  void nothing_hangs_together_in_a_circle() {
    var ines = agent(Role.AGENT);
    var one = open(customer(), "One", "one").id();
    var two = open(customer(), "Two", "two").id();
    var three = open(customer(), "Three", "three").id();
    var _ = links.link(one, Link.Role.PARENT, two, ines).expected();

    assertThat(detail(links.link(one, Link.Role.RELATED, one, ines))).contains("to itself");
    assertThat(detail(links.link(two, Link.Role.PARENT, three, ines)))
        .contains("has parts of its own");
    assertThat(detail(links.link(three, Link.Role.PARENT, one, ines)))
        .contains("is a part of another");
    assertThat(detail(links.link(one, Link.Role.PARENT, three, ines))).contains("already");
    assertThat(detail(links.link(one, Link.Role.SPLIT_OFF, three, ines)))
        .contains("not made by hand");
    assertThat(roles(three, ines)).isEmpty();
  }

  @Test
  void what_a_person_may_not_see_is_not_linked_for_them() {
    var ines = agent(Role.AGENT);
    var pavel = agent(Role.COLLABORATOR);
    var one = open(customer(), "One", "one").id();
    var two = open(customer(), "Two", "two").id();
    var _ = links.link(one, Link.Role.RELATED, two, ines).expected();
    var _ = assignments.assign(one, null, pavel.id(), null, ines.actor()).expected();

    assertThat(roles(one, pavel)).isEmpty();
    assertThat(roles(one, ines)).hasSize(1);
  }

  @Test
  void what_is_split_off_is_a_ticket_of_whoever_said_it_and_the_original_keeps_every_word() {
    var ines = agent(Role.AGENT);
    var amara = customer();
    var jonas = customer();
    var from = open(amara, "Boots and a tent", "The boots are too small.").id();
    var asked = conversations.receive(from, message(jonas.actor(), "My tent leaks."));
    var answered = conversations.reply(from, message(ines.actor(), "A photo?"), ines.actor());
    var seen = ticket(from).revision();

    var opened =
        splits
            .split(from, seen, Set.of(asked.id(), answered.id()), "A tent leaks", ines)
            .expected();

    assertThat(opened.customer()).isEqualTo(jonas.id());
    assertThat(opened.subject()).isEqualTo("A tent leaks");
    assertThat(opened.moments().openedAt()).isEqualTo(asked.at());
    var visible = tickets.visibleTo(ines);
    assertThat(visible.conversation(opened).messages())
        .extracting(message -> message.body().text())
        .containsExactly("My tent leaks.", "A photo?");
    assertThat(visible.conversation(ticket(from)).messages()).hasSize(3);
    assertThat(kinds(opened.id()))
        .containsExactly("ticket.opened", "ticket.message-taken-over", "ticket.split-off");
    assertThat(kinds(from)).endsWith("ticket.split");
    assertThat(roles(from, ines)).containsExactly("SPLIT_OFF " + opened.id());
    assertThat(roles(opened.id(), ines)).containsExactly("SPLIT_FROM " + from);
  }

  @Test
  void only_what_a_customer_said_there_begins_a_ticket_and_only_as_it_was_seen() {
    var ines = agent(Role.AGENT);
    var from = open(customer(), "Boots", "Too small.").id();
    var elsewhere =
        conversations.receive(open(customer(), "Tent", "x").id(), message(ines.actor(), "y"));
    var answered = conversations.reply(from, message(ines.actor(), "Sorry."), ines.actor());
    var seen = ticket(from).revision();

    assertThat(detail(splits.split(from, seen, Set.of(), "Subject", ines))).contains("one or more");
    assertThat(detail(splits.split(from, seen, Set.of(elsewhere.id()), "Subject", ines)))
        .contains("of this conversation");
    assertThat(detail(splits.split(from, seen, Set.of(answered.id()), "Subject", ines)))
        .contains("to be the customer's");
    assertThat(detail(splits.split(from, seen - 1, Set.of(answered.id()), "Subject", ines)))
        .contains("has changed");
  }

  @Test
  void subjects_are_alike_whatever_their_order_prefix_and_case() {
    assertThat(Likeness.between("Broken tent pole", "Re: tent pole BROKEN")).isEqualTo(1);
    assertThat(Likeness.between("Broken tent pole", "Tent poles broke")).isGreaterThan(0.4);
    assertThat(Likeness.between("Broken tent pole", "Refund for my boots")).isLessThan(0.1);
    assertThat(Likeness.between("", "")).isZero();
  }

  @Test
  void a_customers_open_tickets_about_the_same_are_found() {
    var ines = agent(Role.AGENT);
    var amara = customer();
    var open = open(amara, "Broken tent pole", "one").id();
    var closed = open(amara, "Tent pole broken", "two").id();
    var _ = open(amara, "Refund for my boots", "three");
    var _ = open(customer(), "Broken tent pole", "four");
    var _ = settlements.close(closed, "resolved", null, ines.actor()).expected();

    assertThat(tickets.visibleTo(ines).alike(amara.id(), "AW: broken tent pole!"))
        .extracting(Ticket::id)
        .containsExactly(open);
  }

  private Set<String> roles(TicketId ticket, Agent reader) {
    return tickets.visibleTo(reader).links(ticket, 10).stream()
        .map(link -> link.role() + " " + link.other().id())
        .collect(Collectors.toSet());
  }

  private static String detail(Outcome<?> outcome) {
    return outcome.fold(String::valueOf, Outcome.Rejected::detail);
  }
}
