package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads steps. A step with a finding is left out of the tree; the file is not used then anyway.
final class StepReader {
  private static final List<String> KINDS = List.of("do", "run", "decide", "repeat", "wait", "end");
  private static final Pattern TEAM = Pattern.compile("team ([a-z][a-z0-9-]*)");
  private static final int MAX_ROUNDS = 1_000;

  private final Findings findings;
  private final RunData runData;
  private final Scope scope;
  private final Expressions expressions;
  private final ActionReader actions;
  private final WaitReader waits;

  /// Names of run data that some step before the present one may have set.
  private final Set<String> set = new TreeSet<>();

  StepReader(Reading reading) {
    this.findings = reading.findings();
    this.runData = reading.runData();
    this.scope = reading.scope();
    this.expressions = reading.expressions();
    this.actions = new ActionReader(reading, this::isRead);
    this.waits = new WaitReader(reading, this);
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
    return switch (kinds.getFirst()) {
      case "do" -> task(mapping, id);
      case "run" -> actions.read(mapping, id, set);
      case "decide" -> decide(mapping, id);
      case "repeat" -> repeat(mapping, id);
      case "wait" -> waits.read(mapping, id);
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

  private Optional<Step> task(Tree.Mapping mapping, String id) {
    var keys = List.of("do", "by", "within", "instructions", "form", "checklist");
    var section = Section.of(mapping, "a `do` step", keys, findings);
    var title = section.required("do", "Answer the customer");
    if (!title.isEmpty()) {
      Titles.check(title, section.spotOf("do"), findings);
    }
    var by = assignee(section);
    if (section.tree("within") == null) {
      findings.warning(
          mapping.at(),
          "a `do` step without `within`",
          "the time within which it is to be done",
          "add, for example, `within: 4 business hours`");
    }
    var within = new SpanReader(findings).span(section, "within");
    var example = "form: {solved: boolean}";
    var form = section.mapping("form", example);
    var fields = form == null ? List.<DoStep.Field>of() : runData.form(form);
    fields.forEach(field -> set.add(field.name()));
    var checklist =
        section.scalars("checklist", "[Greet by name]").stream().map(Tree.Scalar::text).toList();
    var instructions = section.optional("instructions", "Say what will happen next.", "");
    return by.map(
        it -> new DoStep(id, title, instructions, it, within, fields, checklist, false, List.of()));
  }

  private Optional<DoStep.Assignee> assignee(Section section) {
    var by = section.required("by", "team frontline");
    var team = TEAM.matcher(by);
    if (by.equals("responsible")) {
      return Optional.of(new DoStep.Assignee.Responsible());
    }
    if (team.matches()) {
      return Optional.of(new DoStep.Assignee.Team(team.group(1)));
    }
    if (!by.isEmpty()) {
      findings.error(
          section.spotOf("by"),
          "%s for `by`".formatted(Wording.quoted(by)),
          "`team` and the team's key, or `responsible`",
          "write, for example, `by: team frontline`");
    }
    return Optional.empty();
  }

  private Optional<Step> decide(Tree.Mapping mapping, String id) {
    var title = "";
    var branches = new ArrayList<DecideStep.Branch>();
    var coverage = new Coverage(findings);
    for (int i = 0; i < mapping.entries().size(); i++) {
      var entry = mapping.entries().get(i);
      var key = entry.key();
      switch (key.text().split(" ", 2)[0]) {
        case "decide" -> title = entry.value() instanceof Tree.Scalar scalar ? scalar.text() : "";
        case "when" -> {
          branchAfterOtherwise(branches, key);
          condition(key, 5)
              .ifPresent(compiled -> {
                coverage.add(compiled);
                branches.add(
                    new DecideStep.Branch(
                        Expressions.asCondition(key, 5, compiled),
                        steps(entry.value(), id + "." + (branches.size() + 1) + ".")));
              });
        }
        case "otherwise" ->
            branches.add(
                new DecideStep.Branch(Condition.ALWAYS, steps(entry.value(), id + ".otherwise.")));
        default ->
            findings.unknown(
                key.at(),
                "key %s in a `decide` step",
                key.text(),
                List.of("decide", "when <condition>", "otherwise"));
      }
    }
    if (mapping.entries().size() == 1) {
      findings.error(
          mapping.at(),
          "a decision without a branch",
          "`when <condition>:` with steps",
          "add, for example, `when ticket.priority == \"high\":`");
    }
    coverage.report(mapping.at(), branches);
    return Optional.of(new DecideStep(id, title, branches, null, List.of()));
  }

  private void branchAfterOtherwise(List<DecideStep.Branch> branches, Tree.Scalar key) {
    if (!branches.isEmpty() && branches.getLast().when().equals(Condition.ALWAYS)) {
      findings.error(
          key.at(),
          "a branch that is never taken",
          "`otherwise` as the last branch",
          "move `otherwise` below it");
    }
  }

  private Optional<Step> repeat(Tree.Mapping mapping, String id) {
    var keys = List.of("repeat", "at most", "until", "steps", "else");
    var section = Section.of(mapping, "a `repeat` step", keys, findings);
    var title = section.required("repeat", "Find the answer");
    var atMost = rounds(section);
    var body = section.tree("steps");
    if (body == null) {
      section.missing(mapping.at(), "steps", "a list of steps");
      return Optional.empty();
    }
    set.addAll(runData.setIn(body));
    var steps = steps(body, id + ".");
    if (body instanceof Tree.Sequence list && list.items().isEmpty()) {
      findings.error(
          body.at(),
          "nothing to repeat",
          "at least one step",
          "add, for example, `- end: resolved`");
    }
    var until = section.scalar("until", "solved");
    if (until == null && section.tree("until") == null) {
      section.missing(mapping.at(), "until", "solved");
    }
    var condition = until == null ? Optional.<Condition>empty() : condition(until);
    var otherwise = steps(section.tree("else"), id + ".else.");
    return condition
        .filter(_ -> atMost > 0 && !steps.isEmpty())
        .map(it -> new RepeatStep(id, title, atMost, it, steps, otherwise, List.of()));
  }

  private int rounds(Section section) {
    var text = section.required("at most", "3 times");
    var times = Spans.times(text).orElse(0);
    if (!text.isEmpty() && (times < 1 || times > MAX_ROUNDS)) {
      findings.error(
          section.spotOf("at most"),
          "%s for `at most`".formatted(Wording.quoted(text)),
          "a number of rounds from 1 to %d".formatted(MAX_ROUNDS),
          "write, for example, `at most: 3 times`");
    }
    return times > MAX_ROUNDS ? 0 : times;
  }

  private Optional<Step> end(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, "an `end` step", List.of("end", "title"), findings);
    var outcome = section.required("end", "resolved");
    return Optional.of(
        new EndStep(id, section.optional("title", "Done", "End: " + outcome), outcome));
  }

  private Optional<Condition> condition(Tree.Scalar text) {
    return condition(text, 0).map(it -> Expressions.asCondition(text, 0, it));
  }

  private Optional<Expressions.Compiled> condition(Tree.Scalar text, int start) {
    var compiled = expressions.condition(text, Math.min(start, text.text().length()), scope);
    compiled.ifPresent(it -> isRead(it, text.at()));
    return compiled;
  }

  /// Warns of run data that is read before any step can have set it.
  private void isRead(Expressions.Compiled compiled, Spot at) {
    for (var name : ExpressionNames.read(compiled.root())) {
      if (runData.types().containsKey(name) && !set.contains(name)) {
        findings.warning(
            at,
            "%s before anything has set it".formatted(Wording.quoted(name)),
            "a step above that sets it",
            "move this step down, or ask for it earlier");
      }
    }
  }
}
