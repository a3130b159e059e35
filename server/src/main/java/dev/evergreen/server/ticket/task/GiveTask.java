package dev.evergreen.server.ticket.task;

import dev.evergreen.language.Action;
import dev.evergreen.language.Call;
import dev.evergreen.language.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.TicketId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Has a workflow give a team task, for work that it does not wait for. What it waits for is a step
/// of its own.
@Component
public final class GiveTask implements Action<GiveTask.Wanted> {
  public static final String NAME = "ticket.give-task";

  private static final Actor WORKFLOW = new Actor("workflow", null, "Workflow");

  private final TeamTasks tasks;
  private final Teams teams;
  private final Agents agents;

  GiveTask(TeamTasks tasks, Teams teams, Agents agents) {
    this.tasks = tasks;
    this.teams = teams;
    this.agents = agents;
  }

  public record Wanted(
      @Input("What is to be done") String text,
      @Input("The key of the team that is to do it") @Nullable String team,
      @Input("The mail address of the colleague who is to do it") @Nullable String agent,
      @Input("In how many days it is wanted; left out when there is no hurry")
          @Nullable Long days) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Wanted> input() {
    return Wanted.class;
  }

  @Override
  public Map<String, Object> perform(Wanted wanted, Call call) {
    var days = wanted.days();
    var task =
        new NewTeamTask(
            wanted.text(),
            team(wanted.team()),
            agent(wanted.agent()),
            days == null ? null : call.at().plus(Duration.ofDays(days)),
            call.effectId());
    var given =
        tasks
            .give(new TicketId(call.subject()), task, WORKFLOW)
            .<TeamTaskId>fold(
                id -> id,
                refused -> {
                  throw new IllegalArgumentException(refused.detail());
                });
    return Map.of("task", given.value());
  }

  private @Nullable TeamId team(@Nullable String key) {
    return key == null
        ? null
        : teams.withKey(key).map(Team::id).orElseThrow(() -> missing("a team with the key", key));
  }

  private @Nullable AgentId agent(@Nullable String email) {
    return email == null
        ? null
        : EmailAddress.parse(email)
            .flatMap(agents::withEmail)
            .filter(Agent::active)
            .map(Agent::id)
            .orElseThrow(() -> missing("an active agent with the address", email));
  }

  private static IllegalArgumentException missing(String what, String given) {
    return new IllegalArgumentException("expected " + what + " '" + given + "', but there is none");
  }
}
