package dev.evergreen.server.ticket.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.language.Call;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketTest;
import dev.evergreen.server.ticket.notification.Notification;
import dev.evergreen.server.ticket.notification.NotificationKind;
import dev.evergreen.server.ticket.notification.Notifications;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Part;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class TeamTasksTest extends TicketTest {
  @Autowired TeamTasks tasks;
  @Autowired VisibleTeamTasks visible;
  @Autowired GiveTask action;
  @Autowired Notifications notifications;
  @Autowired TransactionTemplate transactions;
  @Autowired Work work;

  @Test
  void a_team_is_told_of_its_task_and_whoever_gave_it_how_it_ended() {
    var stock = team();
    var ines = agent(Role.AGENT);
    var helper = agent(Role.COLLABORATOR, stock);
    var id = ticket();
    assertThat(tickets.visibleTo(helper).get(id)).isEmpty();

    var task = give(id, "Is the green one in stock?", stock, null, null, ines);
    settle();
    assertThat(ticket(id).beside().openTasks()).isEqualTo(1);
    assertThat(tickets.visibleTo(helper).get(id)).isPresent();
    assertThat(told(helper)).containsExactly(NotificationKind.TASK);
    assertThat(mine(helper)).containsExactly(task);
    assertThat(mine(ines)).doesNotContain(task);

    assertThat(tasks.decline(task, "  ", helper)).isInstanceOf(Outcome.Rejected.class);
    var done = tasks.done(task, "Twelve of them.", helper).expected();
    settle();
    assertThat(done.state()).isEqualTo(TeamTask.State.DONE);
    assertThat(ticket(id).beside().openTasks()).isZero();
    assertThat(ticket(id).beside().any()).isTrue();
    assertThat(told(ines)).containsExactly(NotificationKind.TASK_ENDED);
    assertThat(kinds(id)).endsWith("ticket.task-given", "ticket.task-done");
    assertThat(tasks.done(task, "", helper)).isInstanceOf(Outcome.Rejected.class);
    assertThat(visible.get(task, helper)).isPresent();
  }

  @Test
  void what_somebody_may_not_see_is_no_task_for_them() {
    var stock = team();
    var ines = agent(Role.AGENT);
    var stranger = agent(Role.COLLABORATOR, team());
    var id = ticket();
    var task = give(id, "Count them", stock, null, null, ines);

    assertThat(visible.get(task, stranger)).isEmpty();
    for (var part : Part.values()) {
      assertThat(all(part, stranger)).doesNotContain(task);
    }
    assertThat(all(Part.ALL, ines)).contains(task);
    assertThat(all(Part.GIVEN, ines)).containsExactly(task);

    var helper = agent(Role.COLLABORATOR, stock);
    var _ = tasks.withdraw(task, ines).expected();
    assertThat(tickets.visibleTo(helper).get(id)).isEmpty();
  }

  @Test
  void a_late_task_is_told_to_both_sides_and_one_that_is_done_is_not_late() {
    var ines = agent(Role.AGENT);
    var pavel = agent(Role.AGENT);
    var id = ticket();
    var at = clock.instant().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MILLIS);
    var late = give(id, "Call the depot", null, pavel.id(), at, ines);
    var done = give(id, "Weigh the parcel", null, pavel.id(), at, ines);
    var _ = tasks.done(done, "", pavel).expected();

    fire(late, at);
    fire(done, at);
    settle();

    assertThat(kinds(id).stream().filter("ticket.task-late"::equals)).hasSize(1);
    assertThat(told(pavel)).contains(NotificationKind.TASK_LATE);
    assertThat(told(ines)).contains(NotificationKind.TASK_LATE);
  }

  @Test
  void tasks_stand_in_the_order_in_which_they_are_wanted_page_by_page() {
    var stock = team();
    var ines = agent(Role.AGENT, stock);
    var id = ticket();
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var given = new ArrayList<TeamTaskId>();
    for (int hours : new int[] {1, 1, 2, 3}) {
      given.add(give(id, "Task " + hours, stock, null, now.plus(Duration.ofHours(hours)), ines));
    }
    given.add(give(id, "Whenever", stock, null, null, ines));
    given.add(give(id, "Whenever", stock, null, null, ines));

    assertThat(all(Part.MINE, ines)).containsExactlyElementsOf(given);
    assertThat(VisibleTeamTasks.Cursor.of("infinity_x")).isEmpty();
    assertThat(VisibleTeamTasks.Cursor.of("now_1")).isEmpty();

    given.forEach(task -> {
      var _ = tasks.done(task, "", ines).expected();
    });
    assertThat(all(Part.MINE, ines)).isEmpty();
    assertThat(all(Part.ENDED, ines)).containsSubsequence(given.reversed());
  }

  @Test
  void a_workflow_gives_a_task_once_however_often_it_asks() {
    var stock = teams.withId(team()).orElseThrow();
    var id = ticket();
    var wanted = new GiveTask.Wanted("Pack it again", stock.key(), null, 2L);
    var call = new Call("ticket", id.value(), "effect-" + id.value(), clock.instant());

    var first = action.perform(wanted, call);
    assertThat(action.perform(wanted, call)).isEqualTo(first);

    assertThat(visible.of(id)).hasSize(1);
    assertThat(visible.of(id).getFirst().giving().agent()).isNull();
    assertThat(kinds(id).stream().filter("ticket.task-given"::equals)).hasSize(1);
  }

  @Test
  void a_task_needs_somebody_words_and_a_day_ahead() {
    var ines = agent(Role.AGENT);
    var id = ticket();
    var past = clock.instant().minus(Duration.ofHours(1));

    assertThat(tasks.give(id, new NewTeamTask("Do it", null, null, null, null), ines.actor()))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(tasks.give(id, new NewTeamTask(" ", null, ines.id(), null, null), ines.actor()))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(tasks.give(id, new NewTeamTask("Do it", null, ines.id(), past, null), ines.actor()))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(
            tasks.give(id, new NewTeamTask("Do it", new TeamId(0), null, null, null), ines.actor()))
        .isInstanceOf(Outcome.Rejected.class);
    var _ = settlements.close(id, "resolved", null, ines.actor()).expected();
    assertThat(tasks.give(id, new NewTeamTask("Do it", null, ines.id(), null, null), ines.actor()))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(visible.of(id)).isEmpty();
  }

  private TicketId ticket() {
    return open(customer(), "Green boots", "Where are they?").id();
  }

  private TeamTaskId give(
      TicketId ticket,
      String text,
      @Nullable TeamId team,
      @Nullable AgentId agent,
      @Nullable Instant dueAt,
      Agent by) {
    return tasks
        .give(ticket, new NewTeamTask(text, team, agent, dueAt, null), by.actor())
        .expected();
  }

  private void fire(TeamTaskId id, Instant at) {
    transactions.executeWithoutResult(
        _ -> tasks.fire(new Due.Item(tasks.kind(), "" + id.value(), at, Map.of())));
  }

  private void settle() {
    assertThat(work.settle(Duration.ofSeconds(30))).isTrue();
  }

  private List<NotificationKind> told(Agent agent) {
    return notifications.newest(agent, Long.MAX_VALUE, 20).stream()
        .map(Notification::kind)
        .toList();
  }

  private List<TeamTaskId> mine(Agent agent) {
    return all(Part.MINE, agent);
  }

  /// Page by page, two at a time.
  private List<TeamTaskId> all(Part part, Agent reader) {
    var found = new ArrayList<TeamTaskId>();
    VisibleTeamTasks.@Nullable Cursor after = null;
    do {
      var page = visible.page(part, after, 2, reader);
      page.rows().stream().map(Row::task).map(TeamTask::id).forEach(found::add);
      after =
          page.next() == null
              ? null
              : VisibleTeamTasks.Cursor.of(page.next().toString()).orElseThrow();
    } while (after != null && found.size() < 200);
    return found;
  }
}
