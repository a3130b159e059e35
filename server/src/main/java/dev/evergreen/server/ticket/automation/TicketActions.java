package dev.evergreen.server.ticket.automation;

import dev.evergreen.language.Action;
import dev.evergreen.language.Call;
import dev.evergreen.language.Input;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Solution;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.TicketType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What workflows can have done to a ticket. Each may be repeated: what is already so stays so.
public final class TicketActions {
  private static final Actor WORKFLOW = new Actor("workflow", null, "Workflow");

  private TicketActions() {}

  record Fields(
      @Input("What the ticket is about") @Nullable String category,
      @Input("How soon it wants attention") @Nullable Priority priority,
      @Input("What is known of the answer") @Nullable Solution solution,
      @Input("What kind of request it is") @Nullable TicketType type,
      @Input("How bad it is for whoever asks") @Nullable Severity severity) {}

  record Tagging(
      @Input("A tag to put on") @Nullable String add,
      @Input("A tag to take off") @Nullable String remove) {}

  record FieldValue(
      @Input("The key of one of the team's own fields") String field,
      @Input("What it is set to, written as a person would; left out to empty it")
          @Nullable String value) {}

  record Assignee(
      @Input("The key of a team") @Nullable String team,
      @Input("The mail address of an agent") @Nullable String agent) {}

  record Ending(@Input("Why nothing more is to be done, in a word") String outcome) {}

  @Component
  public static final class Update implements Action<Fields> {
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
      var changes =
          new Changes(
              fields.category(),
              fields.priority(),
              fields.solution(),
              fields.type(),
              fields.severity(),
              null);
      var _ = sorting.update(new TicketId(call.subject()), changes, WORKFLOW);
      return Map.of();
    }
  }

  @Component
  public static final class Assign implements Action<Assignee> {
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
  public static final class Close implements Action<Ending> {
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

  @Component
  static final class Tag implements Action<Tagging> {
    static final String NAME = "ticket.tag";

    private final Tags tags;

    Tag(Tags tags) {
      this.tags = tags;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<Tagging> input() {
      return Tagging.class;
    }

    @Override
    public Map<String, Object> perform(Tagging tagging, Call call) {
      var ticket = new TicketId(call.subject());
      if (tagging.add() != null) {
        var _ = said(tags.add(ticket, tagging.add(), WORKFLOW));
      }
      if (tagging.remove() != null) {
        var _ = said(tags.remove(ticket, tagging.remove(), WORKFLOW));
      }
      return Map.of();
    }
  }

  @Component
  static final class SetField implements Action<FieldValue> {
    static final String NAME = "ticket.set-field";

    private final TicketFields fields;

    SetField(TicketFields fields) {
      this.fields = fields;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<FieldValue> input() {
      return FieldValue.class;
    }

    @Override
    public Map<String, Object> perform(FieldValue wanted, Call call) {
      var typed = wanted.value() == null ? "" : wanted.value();
      var _ = said(fields.set(new TicketId(call.subject()), wanted.field(), typed, WORKFLOW));
      return Map.of();
    }
  }

  /// What a workflow asked for and could not be is a failure of its step, in the same words.
  private static Ticket said(Outcome<Ticket> outcome) {
    return outcome.fold(
        ticket -> ticket,
        refused -> {
          throw new IllegalArgumentException(refused.detail());
        });
  }
}
