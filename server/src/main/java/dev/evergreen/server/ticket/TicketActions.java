package dev.evergreen.server.ticket;

import dev.evergreen.language.Action;
import dev.evergreen.language.Call;
import dev.evergreen.language.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What workflows can have done to a ticket. Each may be repeated: what is already so stays so.
final class TicketActions {
  private static final Actor WORKFLOW = new Actor("workflow", null, "Workflow");

  private TicketActions() {}

  record Fields(
      @Input("What the ticket is about") @Nullable String category,
      @Input("How soon it wants attention") @Nullable Priority priority,
      @Input("What is known of the answer") @Nullable Solution solution) {}

  record Assignee(
      @Input("The key of a team") @Nullable String team,
      @Input("The mail address of an agent") @Nullable String agent) {}

  record Ending(@Input("Why nothing more is to be done, in a word") String outcome) {}

  @Component
  static final class Update implements Action<Fields> {
    static final String NAME = "ticket.update";

    private final Sorting sorting;

    Update(Sorting sorting) {
      this.sorting = sorting;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<Fields> input() {
      return Fields.class;
    }

    @Override
    public Map<String, Object> perform(Fields fields, Call call) {
      var changes = new Changes(fields.category(), fields.priority(), fields.solution());
      var _ = sorting.update(new TicketId(call.subject()), changes, WORKFLOW);
      return Map.of();
    }
  }

  @Component
  static final class Assign implements Action<Assignee> {
    static final String NAME = "ticket.assign";

    private final Assignments assignments;
    private final Teams teams;
    private final Agents agents;

    Assign(Assignments assignments, Teams teams, Agents agents) {
      this.assignments = assignments;
      this.teams = teams;
      this.agents = agents;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<Assignee> input() {
      return Assignee.class;
    }

    @Override
    public Map<String, Object> perform(Assignee to, Call call) {
      var _ =
          assignments
              .assign(
                  new TicketId(call.subject()), team(to.team()), agent(to.agent()), null, WORKFLOW)
              .expected();
      return Map.of();
    }

    private @Nullable TeamId team(@Nullable String key) {
      return key == null
          ? null
          : teams.withKey(key).map(Team::id).orElseThrow(() -> missing("a team with the key", key));
    }

    private @Nullable AgentId agent(@Nullable String email) {
      return email == null
          ? null
          : agents.active().stream()
              .filter(agent -> agent.email().equals(email))
              .findFirst()
              .map(Agent::id)
              .orElseThrow(() -> missing("an active agent with the address", email));
    }

    private static IllegalArgumentException missing(String what, String given) {
      return new IllegalArgumentException(
          "expected " + what + " '" + given + "', but there is none");
    }
  }

  @Component
  static final class Close implements Action<Ending> {
    static final String NAME = "ticket.close";

    private final Settlements settlements;

    Close(Settlements settlements) {
      this.settlements = settlements;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<Ending> input() {
      return Ending.class;
    }

    @Override
    public Map<String, Object> perform(Ending ending, Call call) {
      var _ =
          settlements
              .close(new TicketId(call.subject()), ending.outcome(), null, WORKFLOW)
              .expected();
      return Map.of();
    }
  }
}
