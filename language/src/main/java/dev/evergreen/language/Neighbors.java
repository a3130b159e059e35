package dev.evergreen.language;

import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks files against each other and against what else is known: what a workflow calls, which
/// process it serves, and whether there is anybody to be asked.
final class Neighbors {
  private final List<Draft> drafts;
  private final Map<String, WorkflowFile> workflows = new LinkedHashMap<>();
  private final Map<String, Draft> processes = new LinkedHashMap<>();
  private final SortedSet<String> described = new TreeSet<>();
  private final List<String> teams;

  Neighbors(List<Draft> drafts, WorkflowFiles.Known known) {
    this.drafts = drafts;
    this.teams = known.teams().stream().sorted().toList();
    known.processes().forEach(process -> described.add(process.name()));
    known.workflows().forEach(file -> workflows.put(file.definition().name(), file));
    for (var draft : drafts) {
      if (draft.workflow() != null) {
        workflows.put(draft.workflow().definition().name(), draft.workflow());
      }
      if (draft.process() != null) {
        processes.put(draft.process().name(), draft);
        described.add(draft.process().name());
      }
    }
  }

  /// All that are known, by name.
  Map<String, WorkflowFile> workflows() {
    return workflows;
  }

  void check() {
    for (var draft : drafts) {
      if (draft.workflow() != null) {
        draft.notes().calls().forEach(call -> call(draft.workflow(), call, draft.findings()));
        serves(draft.workflow(), draft);
        asks(draft.workflow(), draft);
      }
      if (draft.process() != null) {
        names(draft.process(), draft);
      }
    }
    twice();
  }

  private void call(WorkflowFile caller, Notes.Call call, Findings findings) {
    var name = call.step().workflow();
    var called = workflows.get(name);
    if (called == null) {
      findings.unknown(
          call.at("call"), "workflow %s", name, workflows.keySet().stream().sorted().toList());
      return;
    }
    if (!called.definition().about().equals(caller.definition().about())) {
      findings.error(
          call.at("call"),
          "%s, a workflow about %s"
              .formatted(Wording.quoted(name), Wording.quoted(called.definition().about())),
          "a workflow about %s".formatted(Wording.quoted(caller.definition().about())),
          "call another, or make one about that subject");
    }
    given(call, called, findings);
    taken(caller, call, called, findings);
    recursion(caller, called)
        .ifPresent(way ->
            findings.error(
                call.at("call"),
                "a call that comes back to itself: " + String.join(" → ", way),
                "calls that come to an end",
                "use `repeat` with `at most` in one of them"));
  }

  private static void given(Notes.Call call, WorkflowFile called, Findings findings) {
    var inputs = called.inputs();
    call.given()
        .forEach((name, type) -> {
          var input = inputs.stream().filter(it -> it.name().equals(name)).findFirst();
          if (input.isEmpty()) {
            findings.unknown(
                call.at("with", name),
                "input %s of " + Wording.quoted(called.definition().name()),
                name,
                inputs.stream().map(DoStep.Field::name).toList());
          } else if (!fits(call.step(), name, type, input.get().type())) {
            findings.error(
                call.at("with", name),
                "%s for %s".formatted(Types.described(type), Wording.quoted(name)),
                Types.described(input.get().type()),
                input.get().type() instanceof ValueType.Text
                    ? "put it in double quotes"
                    : "give a value of that type");
          }
        });
    inputs.stream()
        .filter(DoStep.Field::required)
        .map(DoStep.Field::name)
        .filter(name -> !call.step().with().containsKey(name))
        .forEach(name ->
            findings.error(
                call.at("call"),
                "%s without %s"
                    .formatted(Wording.quoted(called.definition().name()), Wording.quoted(name)),
                "a value for each of its inputs",
                "add `%s:` under `with:`".formatted(name)));
  }

  /// A choice that is written out is known only as a text.
  private static boolean fits(CallStep step, String name, ValueType given, ValueType wanted) {
    if (wanted instanceof ValueType.Choice choice && given instanceof ValueType.Text) {
      var term = step.with().get(name);
      return term != null
          && !term.source().startsWith("=")
          && choice.options().contains(term.source());
    }
    return wanted.equals(given)
        || (!(wanted instanceof ValueType.Decimal) && Types.fits(given, wanted));
  }

  private static void taken(
      WorkflowFile caller, Notes.Call call, WorkflowFile called, Findings findings) {
    var data = called.definition().data();
    call.step()
        .into()
        .forEach((here, there) -> {
          var type =
              data.containsKey(there) || !there.equals(CallStep.OUTCOME)
                  ? data.get(there)
                  : new ValueType.Text();
          var wanted = caller.definition().data().get(here);
          if (type == null) {
            var known = new ArrayList<>(data.keySet().stream().sorted().toList());
            known.add(CallStep.OUTCOME);
            findings.unknown(
                call.at("into", here),
                "data %s of " + Wording.quoted(called.definition().name()),
                there,
                known);
          } else if (wanted != null && !(wanted.equals(type) || isTextFor(type, wanted))) {
            findings.error(
                call.at("into", here),
                "%s into %s".formatted(Types.described(type), Wording.quoted(here)),
                Types.described(wanted),
                "take another value, or declare %s otherwise".formatted(Wording.quoted(here)));
          }
        });
  }

  private static boolean isTextFor(ValueType given, ValueType wanted) {
    return wanted instanceof ValueType.Text && given instanceof ValueType.Choice;
  }

  /// The names on a way from a called workflow back to its caller.
  private Optional<List<String>> recursion(WorkflowFile caller, WorkflowFile called) {
    var start = caller.definition().name();
    var way = way(called.definition().name(), start, new LinkedHashSet<>());
    if (way == null) {
      return Optional.empty();
    }
    var names = new ArrayList<>(List.of(start));
    names.addAll(way);
    names.add(start);
    return Optional.of(names);
  }

  private @Nullable List<String> way(String from, String to, SequencedSet<String> gone) {
    if (from.equals(to)) {
      return List.copyOf(gone);
    }
    var file = workflows.get(from);
    if (file == null || !gone.add(from)) {
      return null;
    }
    for (var next : calls(file)) {
      var way = way(next, to, gone);
      if (way != null) {
        return way;
      }
    }
    gone.remove(from);
    return null;
  }

  private static List<String> calls(WorkflowFile file) {
    return Paths.all(file.definition().steps(), file.definition().handlers())
        .filter(CallStep.class::isInstance)
        .map(step -> ((CallStep) step).workflow())
        .distinct()
        .toList();
  }

  /// A workflow names its process; when that is among the files, it names the workflow, too.
  private void serves(WorkflowFile workflow, Draft draft) {
    if (!described.isEmpty()
        && !workflow.process().isEmpty()
        && !described.contains(workflow.process())) {
      draft
          .findings()
          .warning(
              draft.at("process", workflow.process()),
              "the process %s, which no file describes"
                  .formatted(Wording.quoted(workflow.process())),
              Wording.list(List.copyOf(described)),
              "name one of those, or write a file that begins with `process: %s`"
                  .formatted(workflow.process()));
    }
    var process = processes.get(workflow.process());
    if (process != null
        && process.process() != null
        && !process.process().aims().workflows().contains(workflow.definition().name())) {
      draft
          .findings()
          .warning(
              draft.at("process", workflow.process()),
              "the process %s, which does not name this workflow"
                  .formatted(Wording.quoted(workflow.process())),
              "%s among its `workflows`".formatted(Wording.quoted(workflow.definition().name())),
              "add it there, or take `process` out here");
    }
  }

  /// A step for a team that is not there is a step for nobody.
  private void asks(WorkflowFile workflow, Draft draft) {
    for (var asked : draft.notes().asked()) {
      Assignees.teamAsked(asked.by()).ifPresent(team -> isThere(team, asked.at(), draft));
    }
    for (var team : workflow.profile().review().approval()) {
      isThere(team, draft.at("approval", Assignees.written(new DoStep.Assignee.Team(team))), draft);
    }
  }

  private void isThere(String team, Spot at, Draft draft) {
    if (!teams.isEmpty() && !teams.contains(team)) {
      draft
          .findings()
          .warning(
              at,
              "the team %s, which does not exist here".formatted(Wording.quoted(team)),
              Wording.list(teams),
              Wording.nearest(team, teams)
                  .map(near -> "did you mean %s?".formatted(Wording.quoted(near)))
                  .orElse("name one of those, or make the team"));
    }
  }

  private void names(ProcessFile process, Draft draft) {
    for (var name : process.aims().workflows()) {
      var workflow = workflows.get(name);
      if (workflow == null) {
        draft
            .findings()
            .unknown(
                draft.at("workflows", name),
                "workflow %s",
                name,
                workflows.keySet().stream().sorted().toList());
      } else if (!workflow.process().equals(process.name())) {
        draft
            .findings()
            .error(
                draft.at("workflows", name),
                "the workflow %s, which serves %s"
                    .formatted(
                        Wording.quoted(name),
                        workflow.process().isEmpty()
                            ? "no process"
                            : Wording.quoted(workflow.process())),
                "workflows that serve %s".formatted(Wording.quoted(process.name())),
                "write `process: %s` in it, or take it out here".formatted(process.name()));
      }
    }
  }

  private void twice() {
    var seen = new LinkedHashSet<String>();
    for (var draft : drafts) {
      if (draft.workflow() != null && !seen.add(draft.workflow().definition().name())) {
        draft
            .findings()
            .error(
                draft.at("workflow", ""),
                "a second workflow called %s"
                    .formatted(Wording.quoted(draft.workflow().definition().name())),
                "one file for each name",
                "give one of them another name");
      }
    }
  }
}
