package dev.evergreen.server.ticket.consulting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.ticket.Note;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketTest;
import dev.evergreen.server.ticket.notification.Notification;
import dev.evergreen.server.ticket.notification.NotificationKind;
import dev.evergreen.server.ticket.notification.Notifications;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ConsultingTest extends TicketTest {
  @Autowired Consultations consultations;
  @Autowired HandOvers handOvers;
  @Autowired TicketChanges changes;
  @Autowired Notifications notifications;
  @Autowired Work work;

  @Test
  void a_question_goes_to_one_colleague_and_the_answer_comes_back() {
    var pavel = agent(Role.AGENT);
    var ines = agent(Role.LEAD);
    var other = agent(Role.LEAD);
    var id = ticket();

    var question = consultations.ask(id, ines.id(), "May I refund this?", pavel).expected();
    settle();
    assertThat(question.asks(ines)).isTrue();
    assertThat(question.asks(other)).isFalse();
    assertThat(told(ines)).containsExactly(NotificationKind.QUESTION);
    assertThat(consultations.answer(question.id(), "Yes.", other))
        .isInstanceOf(Outcome.Rejected.class);

    var answered = consultations.answer(question.id(), "Yes, up to 50.", ines).expected();
    settle();
    assertThat(answered.isOpen()).isFalse();
    assertThat(told(pavel)).contains(NotificationKind.CONSULTED);
    assertThat(notes(id, ines)).containsExactly("May I refund this?", "Yes, up to 50.");
    assertThat(kinds(id)).contains("ticket.consulted", "ticket.consultation-answered");
    assertThat(consultations.answer(question.id(), "No.", ines))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(consultations.withdraw(question.id(), pavel)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whoever_leads_a_team_is_asked_and_one_of_them_answers() {
    var frontline = team();
    var pavel = agent(Role.AGENT, frontline);
    var id = ticket();
    assertThat(consultations.askLeads(id, frontline, "May I?", pavel))
        .isInstanceOf(Outcome.Rejected.class);
    var ines = agent(Role.LEAD, frontline);
    var ada = agent(Role.LEAD, frontline);

    var question = consultations.askLeads(id, frontline, "May I?", pavel).expected();
    settle();
    assertThat(told(ines)).containsExactly(NotificationKind.QUESTION);
    assertThat(told(ada)).containsExactly(NotificationKind.QUESTION);
    assertThat(consultations.answer(question.id(), "You may.", ada).expected().answer())
        .extracting(Consultation.Answer::text)
        .isEqualTo("You may.");
    assertThat(consultations.answer(question.id(), "You may not.", ines))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void nobody_is_asked_about_what_they_cannot_see_and_a_question_can_be_taken_back() {
    var pavel = agent(Role.AGENT);
    var helper = agent(Role.COLLABORATOR);
    var ines = agent(Role.LEAD);
    var id = ticket();

    assertThat(consultations.ask(id, helper.id(), "May I?", pavel))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(consultations.ask(id, pavel.id(), "May I?", pavel))
        .isInstanceOf(Outcome.Rejected.class);
    var question = consultations.ask(id, ines.id(), "May I?", pavel).expected();
    assertThat(consultations.withdraw(question.id(), ines)).isInstanceOf(Outcome.Rejected.class);
    var _ = consultations.withdraw(question.id(), pavel).expected();
    assertThat(consultations.of(id)).isEmpty();
  }

  @Test
  void whoever_gets_a_ticket_sees_the_note_first_until_they_have_read_it() {
    var back = team();
    var pavel = agent(Role.AGENT);
    var ines = agent(Role.AGENT, back);
    var other = agent(Role.AGENT);
    var id = ticket();
    var target = new Ticket.Assignment(back, null);

    assertThat(handOvers.handOver(id, target, " ", revision(id), pavel))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(handOvers.handOver(id, target, "Look", revision(id) - 1, pavel))
        .isInstanceOf(Outcome.Rejected.class);
    var kept =
        changes
            .keep(
                id,
                pavel,
                () -> handOvers.handOver(id, target, "The customer is angry.", revision(id), pavel))
            .expected();
    settle();

    assertThat(ticket(id).assignment()).isEqualTo(target);
    assertThat(told(ines)).containsExactly(NotificationKind.HANDED_OVER);
    assertThat(handOvers.waitingFor(ticket(id), ines).orElseThrow().note())
        .isEqualTo("The customer is angry.");
    assertThat(handOvers.waitingFor(ticket(id), other)).isEmpty();
    assertThat(notes(id, ines)).containsExactly("The customer is angry.");
    var _ = handOvers.read(ticket(id), ines).expected();
    assertThat(handOvers.waitingFor(ticket(id), ines)).isEmpty();

    var _ = changes.undo(id, kept.change().orElseThrow(), pavel).expected();
    assertThat(ticket(id).assignment().team()).isNull();
    assertThat(notes(id, ines)).hasSize(1);
  }

  private TicketId ticket() {
    return open(customer(), "Green boots", "Where are they?").id();
  }

  private long revision(TicketId id) {
    return ticket(id).revision();
  }

  private List<String> notes(TicketId id, Agent reader) {
    return tickets.visibleTo(reader).conversation(ticket(id)).notes().stream()
        .map(Note::text)
        .toList();
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(30))).isTrue();
  }

  private List<NotificationKind> told(Agent agent) {
    return notifications.newest(agent, Long.MAX_VALUE, 20).stream()
        .map(Notification::kind)
        .toList();
  }
}
