package dev.evergreen.language;

import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads steps. A step with a finding is left out of the tree; the file is not used then anyway.
final class StepReader {
  private static final List<String> KINDS = StepGrammar.STEPS.stream().map(Block::name).toList();
  private static final int MAX_ROUNDS = 1_000;

  private final Reading reading;
  private final Findings findings;
  private final HandlerReader handlers;

  StepReader(Reading reading) {
    this.reading = reading;
    this.findings = reading.findings();
    this.handlers = new HandlerReader(reading, this);
  }

  /// The steps of a list, numbered from 1 behind `prefix`.
  List<Step> steps(@Nullable Tree tree, String prefix) {
    if (!(tree instanceof Tree.Sequence list)) {
      if (tree != null) {
        findings.error(
            tree.at(),
            tree.shape(),
            "a list of steps",
            "begin each step with `- `, on a line of its own");
      }
      return List.of();
    }
    var steps = new ArrayList<Step>();
    var ended = false;
    for (int i = 0; i < list.items().size(); i++) {
      var item = list.items().get(i);
      if (ended) {
        findings.error(
            item.at(),
            "a step that is never reached",
            "no step after the end",
            "take it out, or end the run further down");
        break;
      }
      var step = step(item, prefix + (i + 1));
      step.ifPresent(steps::add);
      ended = step.filter(Paths::alwaysEnds).isPresent();
    }
    return steps;
  }

  List<Handler> wholeRun(Section workflow) {
    return handlers.read(workflow, "");
  }

  private Optional<Step> step(Tree tree, String id) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      findings.error(
          tree.at(),
          tree.shape() + " as a step",
          Wording.list(KINDS),
          "write, for example, `- end: resolved`");
      return Optional.empty();
    }
    var kinds = KINDS.stream().filter(kind -> mapping.entry(kind).isPresent()).toList();
    if (kinds.size() != 1) {
      kind(mapping, kinds);
      return Optional.empty();
    }
    reading.notes().step(id, mapping.at());
    var step = read(kinds.getFirst(), mapping, id);
    step.ifPresent(it -> reading.notes().title(id, it.title()));
    mapping
        .entry("milestone")
        .map(Tree.Entry::value)
        .filter(it -> it instanceof Tree.Scalar name && !name.text().isBlank())
        .ifPresentOrElse(
            name -> reading.notes().milestone(id, ((Tree.Scalar) name).text()),
            () -> {
              // No milestone, or one that the step's own reader has found fault with.
            });
    return step;
  }

  private Optional<Step> read(String kind, Tree.Mapping mapping, String id) {
    return switch (kind) {
      case "do" -> new DoReader(reading, handlers).read(mapping, id);
      case "run" -> new ActionReader(reading, handlers).read(mapping, id);
      case "ask" -> new AskReader(reading, this, handlers).read(mapping, id);
      case "decide" -> new DecideReader(reading, this, handlers).read(mapping, id);
      case "together" -> together(mapping, id);
      case "repeat" -> repeat(mapping, id);
      case "wait" -> new WaitReader(reading, this, handlers).read(mapping, id);
      case "call" -> new CallReader(reading, handlers).read(mapping, id);
      default -> end(mapping, id);
    };
  }

  private void kind(Tree.Mapping mapping, List<String> kinds) {
    if (kinds.size() > 1) {
      findings.error(
          mapping.at(),
          "a step that is %s at once".formatted(String.join(" and ", kinds)),
          "one kind for each step",
          "begin a new step with `- `");
    } else if (mapping.entries().isEmpty()) {
      findings.error(
          mapping.at(),
          "an empty step",
          Wording.list(KINDS),
          "write, for example, `end: resolved`");
    } else {
      var first = mapping.entries().getFirst().key();
      findings.unknown(first.at(), "kind of step %s", first.text(), KINDS);
    }
  }

  private Optional<Step> together(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.TOGETHER, findings);
    var title = section.required("together");
    var until = section.word("until").equals("any") ? TogetherStep.Join.ANY : TogetherStep.Join.ALL;
    var branches = new ArrayList<List<Step>>();
    for (var entry : mapping.entries()) {
      if (entry.key().text().startsWith("branch ")) {
        branches.add(steps(entry.value(), id + "." + (branches.size() + 1) + "."));
      }
    }
    if (branches.size() < 2) {
      findings.error(
          mapping.at(),
          "%d %s to be done together"
              .formatted(branches.size(), branches.size() == 1 ? "branch" : "branches"),
          "two branches or more",
          "add, for example, `branch customer:` with steps");
    }
    return Optional.of(new TogetherStep(id, title, until, branches, handlers.read(section, id)));
  }

  private Optional<Step> repeat(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.REPEAT, findings);
    var title = section.required("repeat");
    var atMost = new SpanReader(findings).times(section, "at most", MAX_ROUNDS);
    var body = section.tree("steps");
    if (body == null) {
      section.missing("steps");
      return Optional.empty();
    }
    reading.set().addAll(reading.runData().setIn(body));
    var steps = steps(body, id + ".");
    if (body instanceof Tree.Sequence list && list.items().isEmpty()) {
      findings.error(body.at(), "nothing to repeat", "a list of steps", "add a step");
    }
    if (!section.has("until")) {
      section.missing("until");
    }
    var until = reading.condition(section, "until", reading.scope());
    var otherwise = steps(section.tree("else"), id + ".else.");
    var inside = handlers.read(section, id);
    return until == null || atMost < 1 || steps.isEmpty()
        ? Optional.empty()
        : Optional.of(new RepeatStep(id, title, atMost, until, steps, otherwise, inside));
  }

  private Optional<Step> end(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.END, findings);
    var outcome = section.required("end");
    return Optional.of(new EndStep(id, section.optional("title", "End: " + outcome), outcome));
  }
}
