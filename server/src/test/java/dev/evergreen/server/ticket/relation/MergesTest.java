package dev.evergreen.server.ticket.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Conversation;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.Note;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Stretch;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class MergesTest extends TicketTest {
  @Autowired Merges merges;
  @Autowired Tags tags;
  @Autowired JdbcClient jdbc;

  @Test
  void what_was_said_on_either_is_one_conversation_in_the_order_in_which_it_was_said() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var into = open(amara, "Boots", "one");
    var from = open(amara, "My boots", "two");
    conversations.receive(into.id(), message(amara.actor(), "three"));
    var _ = conversations.note(from.id(), "only for us", ines);
    conversations.reply(from.id(), message(ines.actor(), "four"), ines.actor());

    var _ = merge(from.id(), into.id(), ines).expected();
    conversations.receive(into.id(), message(amara.actor(), "five"));
    var told = tickets.visibleTo(ines).conversation(ticket(into.id()));

    var at =
        told.messages().stream()
            .sorted(Comparator.comparingLong(message -> placeOf(message, told)))
            .map(message -> message.body().text());
    assertThat(at).containsExactly("one", "two", "three", "four", "five");
    assertThat(told.notes()).extracting(Note::text).containsExactly("only for us");
    assertThat(told.hasEarlier()).isFalse();
    assertThat(ticket(from.id()).state().status()).isEqualTo(Status.CLOSED);
    assertThat(ticket(from.id()).state().outcome()).isEqualTo("merged");
    assertThat(kinds(from.id())).endsWith("ticket.merged");
    assertThat(kinds(into.id())).contains("ticket.took-over");
    assertThat(merges.current(from.id())).isEqualTo(into.id());
    assertThat(merges.current(into.id())).isEqualTo(into.id());
  }

  private static long placeOf(Message message, Conversation told) {
    return told.entries().stream()
        .filter(entry -> entry.subject().equals(message.ticket().subject()))
        .filter(entry -> entry.revision() == message.revision())
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void a_long_conversation_of_two_is_read_in_parts_without_losing_any() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var into = open(amara, "Boots", "first");
    var from = open(amara, "My boots", "second");
    for (int i = 0; i < 40; i++) {
      conversations.receive(i % 2 == 0 ? into.id() : from.id(), message(amara.actor(), "m" + i));
    }
    var _ = merge(from.id(), into.id(), ines).expected();
    var visible = tickets.visibleTo(ines);

    var newest = visible.conversation(ticket(into.id()));
    var rest =
        visible.conversation(ticket(into.id()), Stretch.before(newest.entries().getFirst().id()));
    conversations.receive(into.id(), message(amara.actor(), "late"));
    conversations.receive(into.id(), message(amara.actor(), "later"));
    for (int i = 0; i < 20; i++) {
      conversations.receive(into.id(), message(amara.actor(), "n" + i));
    }
    var now = visible.conversation(ticket(into.id()));
    var before =
        visible.conversation(ticket(into.id()), Stretch.before(now.entries().getFirst().id()));

    assertThat(newest.messages()).hasSize(42);
    assertThat(newest.hasEarlier()).isFalse();
    assertThat(rest.messages()).isEmpty();
    assertThat(now.hasEarlier()).isTrue();
    assertThat(now.messages().size() + before.messages().size()).isEqualTo(64);
    assertThat(before.hasEarlier()).isFalse();
  }

  @Test
  void tags_are_united_and_parted_again() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var into = open(amara, "Boots", "one").id();
    var from = open(amara, "My boots", "two").id();
    tags.add(into, "sole", ines.actor()).expected();
    tags.add(into, "late", ines.actor()).expected();
    tags.add(from, "late", ines.actor()).expected();
    tags.add(from, "recall", ines.actor()).expected();

    var _ = merge(from, into, ines).expected();
    assertThat(tagsOf(into)).containsExactly("late", "recall", "sole");
    tags.add(into, "angry", ines.actor()).expected();

    var _ = merges.undo(from, into, ines).expected();
    assertThat(tagsOf(into)).containsExactly("angry", "late", "sole");
    assertThat(tagsOf(from)).containsExactly("late", "recall");
  }

  private List<String> tagsOf(TicketId id) {
    return tags.names(ticket(id).state().sorted().tags());
  }

  @Test
  void taken_back_both_are_as_they_were() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var pavel = agent(Role.AGENT);
    var into = open(amara, "Boots", "one");
    var from = open(amara, "My boots", "two");
    follow(from.id(), ines);
    follow(from.id(), pavel);
    follow(into.id(), pavel);
    var fromBefore = fields(from.id());
    var intoBefore = fields(into.id());

    var _ = merge(from.id(), into.id(), ines).expected();
    assertThat(followers(into.id())).contains(ines.id().value(), pavel.id().value());
    conversations.hear(into.id(), message(amara.actor(), "Away until Monday."));
    var undone = merges.undo(from.id(), into.id(), ines).expected();

    assertThat(fields(from.id())).isEqualTo(fromBefore);
    assertThat(fields(into.id())).isEqualTo(intoBefore);
    assertThat(followers(into.id())).containsExactly(pavel.id().value());
    assertThat(followers(from.id())).hasSize(2);
    assertThat(undone.received()).isEqualTo(1);
    assertThat(undone.sent()).isZero();
    assertThat(kinds(from.id())).endsWith("ticket.unmerged", "ticket.reopened");
    assertThat(kinds(into.id())).endsWith("ticket.gave-back");
    assertThat(tickets.visibleTo(ines).conversation(ticket(into.id())).messages()).hasSize(2);
    assertThat(merges.undo(from.id(), into.id(), ines))
        .isEqualTo(
            Outcome.rejected(
                Reason.OUTDATED,
                "Ticket %s no longer lives on in %s; somebody was faster."
                    .formatted(from.id(), into.id())));
  }

  @Test
  void a_closed_duplicate_comes_back_closed_and_starts_nothing() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var into = open(amara, "Boots", "one");
    var from = open(amara, "My boots", "two");
    var _ = settlements.close(from.id(), "resolved", null, ines.actor()).expected();
    var before = fields(from.id());

    var _ = merge(from.id(), into.id(), ines).expected();
    var _ = merges.undo(from.id(), into.id(), ines).expected();

    assertThat(fields(from.id())).isEqualTo(before);
    assertThat(kinds(from.id())).doesNotContain("ticket.reopened");
  }

  @Test
  void circles_chains_and_what_is_closed_are_refused_in_a_sentence() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var one = open(amara, "Boots", "one").id();
    var two = open(amara, "My boots", "two").id();
    var three = open(amara, "Boots again", "three").id();
    var closed = open(amara, "Boots last year", "four").id();
    var _ = settlements.close(closed, "resolved", null, ines.actor()).expected();
    var _ = merge(two, one, ines).expected();

    assertThat(detail(merge(one, one, ines))).contains("into itself");
    assertThat(detail(merge(two, three, ines))).contains("lives on in " + one + " already");
    assertThat(detail(merge(three, two, ines))).contains("merge into " + one + " instead");
    assertThat(detail(merge(one, three, ines))).contains("holds " + two).contains("merge " + three);
    assertThat(detail(merge(three, closed, ines))).contains("closed; reopen it first");
    assertThat(detail(merge(one, two, ines))).contains("merge into " + one + " instead");
    assertThat(kinds(three)).containsExactly("ticket.opened");
  }

  @Test
  void of_many_who_merge_crosswise_or_close_at_once_one_wins_and_the_others_are_told()
      throws InterruptedException, ExecutionException {
    var amara = customer();
    var one = open(amara, "Boots", "one");
    var two = open(amara, "My boots", "two");
    var all = new ArrayList<Callable<Outcome<String>>>();
    for (int i = 0; i < 8; i++) {
      var ines = agent(Role.AGENT);
      all.add(() ->
          retried(() ->
              merges
                  .merge(one.id(), one.revision(), two.id(), two.revision(), ines)
                  .map(_ -> "merged")));
      all.add(() ->
          retried(() ->
              merges
                  .merge(two.id(), two.revision(), one.id(), one.revision(), ines)
                  .map(_ -> "merged")));
      all.add(() ->
          retried(() ->
              settlements
                  .close(one.id(), "resolved", one.revision(), ines.actor())
                  .map(_ -> "closed")));
    }

    var outcomes = atOnce(all);

    assertThat(outcomes).filteredOn(Outcome.Accepted.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Outcome.Rejected.class::isInstance)
        .allSatisfy(refused -> assertThat(detail(refused)).contains("has changed since you"));
  }

  @Test
  void whoever_sees_the_one_that_goes_on_sees_what_lives_on_in_it() {
    var amara = customer();
    var ines = agent(Role.AGENT);
    var team = team();
    var pavel = agent(Role.COLLABORATOR, team);
    var into = open(amara, "Boots", "one");
    var from = open(amara, "My boots", "two");
    var _ = assignments.assign(into.id(), team, null, null, ines.actor()).expected();

    assertThat(tickets.visibleTo(pavel).get(from.id())).isEmpty();
    var _ = merge(from.id(), into.id(), ines).expected();

    assertThat(tickets.visibleTo(pavel).get(from.id())).isPresent();
    assertThat(tickets.visibleTo(pavel).conversation(ticket(into.id())).messages()).hasSize(2);
    var _ = assignments.assign(into.id(), null, null, null, ines.actor()).expected();
    assertThat(tickets.visibleTo(pavel).get(from.id())).isEmpty();
  }

  /// As whoever asks over the web does: what the database undoes for others' sake is taken again.
  private static Outcome<String> retried(Supplier<Outcome<String>> verb) {
    for (int tries = 0; ; tries++) {
      try {
        return verb.get();
      } catch (ConcurrencyFailureException e) {
        if (tries == 5) {
          throw e;
        }
      }
    }
  }

  private Outcome<Merge> merge(TicketId from, TicketId into, Agent by) {
    return merges.merge(from, ticket(from).revision(), into, ticket(into).revision(), by);
  }

  private static String detail(Outcome<?> outcome) {
    return outcome.fold(String::valueOf, Outcome.Rejected::detail);
  }

  private void follow(TicketId ticket, Agent agent) {
    jdbc.sql("insert into follower (ticket_id, agent_id, since) values (:ticket, :agent, now())")
        .param("ticket", ticket.value())
        .param("agent", agent.id().value())
        .update();
  }

  private List<Long> followers(TicketId ticket) {
    return jdbc.sql("select agent_id from follower where ticket_id = :ticket order by agent_id")
        .param("ticket", ticket.value())
        .query((row, _) -> row.getLong("agent_id"))
        .list();
  }

  /// Everything that stands on the ticket but how often it has changed.
  private String fields(TicketId id) {
    return jdbc.sql("select to_jsonb(ticket) - 'revision' as fields from ticket where id = :id")
        .param("id", id.value())
        .query((row, _) -> row.getString("fields"))
        .single();
  }
}
