package dev.evergreen.server.demo;

import dev.evergreen.engine.BusinessHours;
import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.workflow.Checklist;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.OpeningHours;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/// The agents of the demo: they do the tasks that workflows ask of them, mostly in time, by the
/// verbs that their pages use.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class ShopAgents {
  private static final ZoneId ZONE = ZoneId.systemDefault();

  /// Whose sign-in is tried first gets a full desk.
  private static final Duration VISITORS_DESK = Duration.ofDays(4);

  /// On the last day there is more to do than hands: that is what a visitor finds open, some of it
  /// late.
  private static final Duration BUSY_DAY = Duration.ofHours(20);

  private final Tasks tasks;
  private final Conversations conversations;
  private final Assignments assignments;
  private final Correspondence correspondence;
  private final ShopSorting sorting;
  private final Teams teams;
  private final OpeningHours openingHours;
  private final DatabaseClock clock;
  private final Map<String, Team> teamOf = new HashMap<>();
  private final Map<TeamId, List<Agent>> members = new HashMap<>();
  private BusinessHours hours = BusinessHours.always(ZONE);
  private Instant end = Instant.MAX;

  ShopAgents(
      Tasks tasks,
      Conversations conversations,
      Assignments assignments,
      Correspondence correspondence,
      ShopSorting sorting,
      Teams teams,
      OpeningHours openingHours,
      DatabaseClock clock) {
    this.tasks = tasks;
    this.conversations = conversations;
    this.assignments = assignments;
    this.correspondence = correspondence;
    this.sorting = sorting;
    this.teams = teams;
    this.openingHours = openingHours;
    this.clock = clock;
  }

  /// They come to work; the history will end at this instant.
  void begin(Instant historyEnds) {
    end = historyEnds;
    hours = openingHours.now();
    for (var team : teams.all()) {
      teamOf.put(team.key(), team);
      members.put(
          team.id(),
          teams.members(team.id()).stream()
              .filter(agent -> agent.may(Permission.ANSWER) && !agent.isAdministrator())
              .toList());
    }
  }

  /// A task has been opened. When it is done, and by whom, is put on the agenda.
  void take(Task task, Story story, Agenda agenda) {
    switch (task.title()) {
      case "Read the ticket" -> agenda.add(soon(story, 34), story, () -> read(task, story));
      case "Answer the customer" -> agenda.add(soon(story, 85), story, () -> answer(task, story));
      case "Thank the customer" -> agenda.add(soon(story, 85), story, () -> thank(task, story));
      case "Tell whoever was praised", "Pass it on to whoever can change it" ->
          agenda.add(soon(story, 60), story, () -> check(task, story));
      case "Agree with the customer how to go on" ->
          agenda.add(soon(story, 200), story, () -> agree(task, story));
      default -> agenda.add(soon(story, 40), story, () -> judge(task, story));
    }
  }

  private void read(Task task, Story story) {
    var labels = story.plan().scenario().labels();
    var team =
        team(
            switch (labels.category()) {
              case "technical" -> "technical";
              case "refund" -> "returns";
              default -> "frontline";
            });
    var reader = anyOf(team("frontline"), story);
    var responsible = team.key().equals("frontline") ? reader : anyOf(team, story);
    if (story.chance(9)) {
      conversations.note(story.ticket(), story.words().note(responsible), reader).expected();
    }
    assignments
        .assign(story.ticket(), team.id(), responsible.id(), null, reader.actor())
        .expected();
    story.takenBy(responsible);
    sorting.sort(story, reader);
    complete(
        task,
        Map.of(
            "category", labels.category(),
            "priority", labels.priority(),
            "enough_information", story.lacksDetails() ? "no" : "yes"),
        reader);
  }

  private void answer(Task task, Story story) {
    if (story.chance(7)) {
      conversations
          .note(story.ticket(), story.words().note(story.agent()), story.agent())
          .expected();
    }
    reply(story);
    check(task, story);
  }

  private void thank(Task task, Story story) {
    reply(story);
    var praised = story.plan().scenario().key().equals("thanks");
    complete(task, Map.of("said", praised ? "praise" : "idea"), story.agent());
  }

  private void reply(Story story) {
    var text = story.words().answer(story.answers(), story.agent());
    correspondence.reply(story.ticket(), new Reply(text, List.of()), story.agent());
  }

  private void check(Task task, Story story) {
    complete(task, Checklist.done(tasks.step(task)), story.agent());
  }

  private void judge(Task task, Story story) {
    complete(task, Map.of("solved", story.saysSolved() ? "yes" : "no"), story.agent());
  }

  private void agree(Task task, Story story) {
    complete(task, Map.of("agreement", "workaround"), anyOf(team("technical"), story));
  }

  private void complete(Task task, Map<String, String> answers, Agent by) {
    switch (tasks.complete(task.id(), answers, ZONE, by)) {
      case Completion.Done _ -> {}
      case Completion.Wrong(var fields) ->
          throw new IllegalStateException("expected good answers to " + task + ": " + fields);
      case Completion.Refused(var reason, var detail) -> {
        // The customer was faster: the task was withdrawn before somebody got to it.
        if (tasks.withId(task.id()).filter(Task::isOpen).isPresent()) {
          throw new IllegalStateException(
              "expected to do %s, but: %s (%s)".formatted(task, detail, reason));
        }
      }
    }
  }

  /// So many business minutes from now as a rule, sometimes much later.
  private Instant soon(Story story, int minutes) {
    var usual = story.chance(6) ? 5 : 1;
    var busy = clock.instant().isAfter(end.minus(BUSY_DAY));
    var slow = !busy ? usual : story.chance(45) ? 6 : 2;
    var wait = (long) (60 * slow * minutes * (0.15 + story.random().nextExponential() * 0.85));
    return hours.add(clock.instant(), Duration.ofSeconds(30 + wait));
  }

  private Team team(String key) {
    var team = teamOf.get(key);
    if (team == null) {
      throw new IllegalStateException("expected a team '" + key + "', found " + teamOf.keySet());
    }
    return team;
  }

  private Agent anyOf(Team team, Story story) {
    var colleagues = members.getOrDefault(team.id(), List.of());
    if (team.key().equals("frontline")
        && clock.instant().isAfter(end.minus(VISITORS_DESK))
        && story.chance(35)) {
      return colleagues.stream()
          .filter(agent -> agent.name().equals(DemoPeople.COLLEAGUES.getFirst().name()))
          .findFirst()
          .orElseThrow();
    }
    return DemoPeople.any(colleagues, story.random());
  }
}
