package dev.evergreen.language;

import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Checks a workflow as a whole, once nothing is wrong with its parts: what whoever opens something
/// owes, and whether its promises can be kept.
///
/// @param workflows those that are known besides, by name
record Rules(
    WorkflowFile file,
    Tree.Mapping root,
    Catalogue catalogue,
    Map<String, WorkflowFile> workflows,
    Findings findings) {

  void check() {
    var opened = file.definition().about() + ".opened";
    if (file.definition().starts().stream().anyMatch(start -> start.event().equals(opened))) {
      closing();
      escalating();
    }
    if (!file.kind().equals(Grammar.KINDS.getFirst())) {
      format();
    }
    new Promises(this).check();
  }

  /// An SOP says in the same places what every SOP says.
  private void format() {
    for (var key : List.of("scope", "roles", "exceptions", "approval", "reviewed")) {
      if (root.entry(key).isEmpty()) {
        findings.warning(
            at("kind"),
            "an SOP without %s".formatted(Wording.quoted(key)),
            "`%s:`, as in every SOP".formatted(key),
            "add, for example, `%s: %s`"
                .formatted(key, Grammar.WORKFLOW.key(key).orElseThrow().example()));
      }
    }
  }

  Spot at(String key) {
    return root.entry(key).map(entry -> entry.value().at()).orElse(root.at());
  }

  /// The place of a value below a key of the file.
  Spot at(String key, String name) {
    return root.entry(key).map(Tree.Entry::value).stream()
        .filter(Tree.Mapping.class::isInstance)
        .flatMap(value -> ((Tree.Mapping) value).entry(name).stream())
        .map(entry -> entry.value().at())
        .findFirst()
        .orElseGet(() -> at(key));
  }

  /// The action that closes what the workflow is about.
  String close() {
    return file.definition().about() + ".close";
  }

  Stream<Step> steps() {
    return Paths.all(file.definition().steps(), file.definition().handlers());
  }

  boolean isClosing(Step step) {
    return step instanceof RunStep run && run.action().equals(close());
  }

  /// A called workflow may close, too.
  private void closing() {
    if (catalogue.action(close()).isPresent()
        && steps().noneMatch(step -> isClosing(step) || isCalling(step, this::closes))) {
      findings.warning(
          at("steps"),
          "no rule for closing the %s".formatted(file.definition().about()),
          "a step that closes it on some path",
          "add `- run: %s` with its outcome".formatted(close()));
    }
  }

  /// Work that one team alone can do for ever is never anybody else's. Handing it to others,
  /// calling another workflow and looking after some time all count.
  private void escalating() {
    var asked =
        steps()
            .filter(DoStep.class::isInstance)
            .map(step -> ((DoStep) step).by())
            .distinct()
            .toList();
    if (asked.isEmpty() || handsOver(asked)) {
      return;
    }
    findings.warning(
        at("steps"),
        "no rule for escalating",
        "what happens when those who are asked cannot help, or not in time",
        "add a step for another team, or `on:` with `after:` and steps");
  }

  private boolean closes(WorkflowFile called) {
    return Paths.all(called.definition().steps(), called.definition().handlers())
        .anyMatch(this::isClosing);
  }

  /// Of a called workflow that is not known the best is assumed.
  private boolean isCalling(Step step, Predicate<WorkflowFile> what) {
    return step instanceof CallStep call
        && (!workflows.containsKey(call.workflow()) || what.test(workflows.get(call.workflow())));
  }

  private boolean handsOver(List<DoStep.Assignee> asked) {
    return asked.stream().flatMap(by -> Assignees.teamAsked(by).stream()).distinct().count() > 1
        || steps().anyMatch(step -> step instanceof CallStep || isAssigning(step))
        || Stream.concat(
                file.definition().handlers().stream(),
                steps().flatMap(step -> step.handlers().stream()))
            .anyMatch(handler -> handler.trigger() instanceof Handler.Trigger.After);
  }

  private boolean isAssigning(Step step) {
    return step instanceof RunStep run
        && run.action().equals(file.definition().about() + ".assign");
  }
}
