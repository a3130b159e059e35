package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Run.Activation;
import dev.evergreen.engine.ValueType;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.Checklist;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Forms;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.web.NextStep.Ask;
import dev.evergreen.server.workflow.web.NextStep.Field;
import dev.evergreen.server.workflow.web.NextStep.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says what to do next about a subject. The caller has loaded the subject through its finder.
@Component
public class NextSteps {
  private final Tasks tasks;
  private final Runs runs;
  private final Agents agents;
  private final Teams teams;

  NextSteps(Tasks tasks, Runs runs, Agents agents, Teams teams) {
    this.tasks = tasks;
    this.runs = runs;
    this.agents = agents;
    this.teams = teams;
  }

  /// What a person sent for a task, and what was wrong with it.
  private record Sent(@Nullable TaskId task, Map<String, String> answers, Completion completion) {}

  /// What a next step is looked for about.
  ///
  /// @param runs all its newest runs, as [Runs#of] finds them
  public record About(Subject subject, List<WorkflowRun> runs) {
    public About {
      runs = List.copyOf(runs);
    }
  }

  public NextStep of(About about, Agent viewer) {
    return of(about, viewer, null);
  }

  /// The same after a form was sent that could not be taken: with what was sent, and what is wrong.
  public NextStep after(
      About about, Agent viewer, TaskId task, Map<String, String> answers, Completion completion) {
    return of(about, viewer, new Sent(task, answers, completion));
  }

  private NextStep of(About about, Agent viewer, @Nullable Sent sent) {
    List<WorkflowRun> open =
        about.runs().stream().filter(run -> !run.state().status().isFinal()).toList();
    List<Task> asked = tasks.of(about.subject());
    Task first = chosen(asked, viewer);
    return new NextStep(
        first == null ? null : ask(first, open, viewer, sent),
        Math.max(0, asked.size() - 1),
        standing(open, asked));
  }

  /// The oldest task that is asked of the viewer, else the oldest.
  private static @Nullable Task chosen(List<Task> asked, Agent viewer) {
    return asked.stream()
        .filter(task -> viewer.id().equals(task.assignee().agent()))
        .findFirst()
        .orElse(asked.isEmpty() ? null : asked.getFirst());
  }

  private Ask ask(Task task, List<WorkflowRun> open, Agent viewer, @Nullable Sent sent) {
    WorkflowRun run =
        open.stream()
            .filter(one -> one.id().equals(task.origin().run()))
            .findAny()
            .or(() -> runs.withId(task.origin().run()))
            .orElseThrow();
    DoStep step = run.version().definition().step(task.origin().step(), DoStep.class);
    boolean isSent = sent != null && task.id().equals(sent.task());
    return new Ask(
        new NextStep.Heading(
            task.id(),
            run.version().title(),
            task.title(),
            askedOf(task.assignee(), viewer),
            task.progress().dueAt()),
        Markdown.html(step.instructions()),
        new NextStep.Form(
            checklist(step, isSent ? sent : null), fields(step, isSent ? sent : null)),
        sent == null ? "" : problem(sent.completion()));
  }

  private String askedOf(Task.Assignee assignee, Agent viewer) {
    AgentId agent = assignee.agent();
    if (agent != null) {
      return agent.equals(viewer.id()) ? "you" : agents.withId(agent).map(Agent::name).orElse("");
    }
    String team = assignee.team();
    return team == null ? "" : teams.withKey(team).map(Team::name).orElse(team);
  }

  private static String problem(Completion completion) {
    return switch (completion) {
      case Completion.Done _ -> "";
      case Completion.Wrong _ -> "Something is missing or does not fit; nothing is saved yet.";
      case Completion.Refused refused -> refused.detail();
    };
  }

  private static List<NextStep.Check> checklist(DoStep step, @Nullable Sent sent) {
    var checklist = new ArrayList<NextStep.Check>();
    for (int item = 0; item < step.checklist().size(); item++) {
      String box = Checklist.box(item);
      checklist.add(
          new NextStep.Check(
              box,
              step.checklist().get(item),
              sent != null && Checklist.isChecked(sent.answers(), item),
              errorOf(box, sent)));
    }
    return checklist;
  }

  private static List<Field> fields(DoStep step, @Nullable Sent sent) {
    var fields = new ArrayList<Field>();
    step.form().forEach(field -> fields.add(field(field, sent)));
    if (step.evidence()) {
      var evidence =
          new DoStep.Field(
              Forms.EVIDENCE, "What shows that it was done?", new ValueType.Text(), true);
      fields.add(field(evidence, sent));
    }
    return fields;
  }

  private static Field field(DoStep.Field field, @Nullable Sent sent) {
    return Field.of(
        field,
        sent == null ? "" : sent.answers().getOrDefault(field.name(), ""),
        errorOf(field.name(), sent));
  }

  private static String errorOf(String name, @Nullable Sent sent) {
    return sent != null && sent.completion() instanceof Completion.Wrong wrong
        ? wrong.fields().getOrDefault(name, "")
        : "";
  }

  /// The runs that ask nobody at present: what each waits for, or why it is stopped.
  private static List<Standing> standing(List<WorkflowRun> open, List<Task> asked) {
    var standing = new ArrayList<Standing>();
    for (WorkflowRun run : open) {
      if (asked.stream().noneMatch(task -> task.origin().run().equals(run.id()))) {
        run.state().open().stream()
            .map(activation -> standing(run, activation))
            .filter(one -> one != null)
            .forEach(standing::add);
      }
    }
    return standing;
  }

  private static @Nullable Standing standing(WorkflowRun run, Activation activation) {
    Definition definition = run.version().definition();
    String title = definition.titleOf(activation.step());
    return switch (activation) {
      case Activation.Wait wait ->
          new Standing(run.id(), definition.title(), title, wait.until(), false);
      case Activation.Backoff backoff ->
          new Standing(run.id(), definition.title(), title, backoff.until(), false);
      case Activation.Question question ->
          new Standing(run.id(), definition.title(), title, question.until(), false);
      case Activation.Call _ -> new Standing(run.id(), definition.title(), title, null, false);
      case Activation.Fault fault ->
          new Standing(run.id(), definition.title(), title + ": " + fault.problem(), null, true);
      case Activation.Task _,
          Activation.Action _,
          Activation.Rounds _,
          Activation.Together _,
          Activation.Branch _,
          Activation.Block _,
          Activation.Watch _,
          Activation.Handling _ ->
          null;
    };
  }
}
