package dev.evergreen.language;

import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.DecideStep.Branch;
import dev.evergreen.engine.DecideStep.Table;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads `decide` steps: branches, or a table of rules.
record DecideReader(Reading reading, StepReader steps, HandlerReader handlers) {
  private static final String OTHERWISE = "otherwise";

  Optional<Step> read(Tree.Mapping mapping, String id) {
    var section = Section.of(mapping, StepGrammar.DECIDE, reading.findings());
    var title = section.required("decide");
    var table = section.has("table") ? table(section, mapping) : null;
    var branches = branches(mapping, id, !section.has("table"));
    if (mapping.entries().stream().noneMatch(DecideReader::isBranch) && !section.has("table")) {
      reading
          .findings()
          .error(
              mapping.at(),
              "a decision without a branch",
              "`when <condition>:` with steps, or a `table:`",
              "add, for example, `when ticket.priority == \"high\":`");
    }
    return Optional.of(new DecideStep(id, title, branches, table, handlers.read(section, id)));
  }

  private List<Branch> branches(Tree.Mapping mapping, String id, boolean allowed) {
    var branches = new ArrayList<Branch>();
    var cases = new Cases(reading.findings());
    int number = 0;
    for (var entry : mapping.entries()) {
      var key = entry.key();
      boolean otherwise = key.text().equals(OTHERWISE);
      if (!isBranch(entry)) {
        continue;
      }
      if (!allowed) {
        reading
            .findings()
            .error(
                key.at(),
                "a branch beside a table",
                "one or the other",
                "decide on what the table has set in a step below");
      }
      if (cases.isClosed()) {
        reading
            .findings()
            .error(
                key.at(),
                "a branch that is never taken",
                "`otherwise` as the last branch",
                "move `otherwise` below it");
      }
      if (otherwise) {
        cases.close();
        branches.add(new Branch(Condition.ALWAYS, steps.steps(entry.value(), id + ".otherwise.")));
      } else {
        number++;
        var prefix = id + "." + number + ".";
        var condition = reading.condition(key, 5, reading.scope());
        condition.ifPresentOrElse(it -> cases.add(it, key.at()), cases::giveUp);
        var inside = steps.steps(entry.value(), prefix);
        condition.ifPresent(
            it -> branches.add(new Branch(Expressions.asCondition(key, 5, it), inside)));
      }
    }
    cases.reportBranches(mapping.at());
    return branches;
  }

  private static boolean isBranch(Tree.Entry entry) {
    return entry.key().text().equals(OTHERWISE) || entry.key().text().startsWith("when ");
  }

  private @Nullable Table table(Section section, Tree.Mapping mapping) {
    var hit = section.word("hit").equals("unique") ? Table.Hit.UNIQUE : Table.Hit.FIRST;
    var rules = new ArrayList<Table.Rule>();
    var cases = new Cases(reading.findings());
    section.each("table", StepGrammar.RULE, rule -> rule(rule, rules, cases));
    if (hit == Table.Hit.FIRST) {
      cases.reportRules(mapping.at());
    } else {
      cases.reportUnique(mapping.at());
    }
    if (rules.isEmpty() && !reading.findings().hasErrors()) {
      reading
          .findings()
          .error(
              section.spotOf("table"),
              "a table without a rule",
              "rules, each with `when` and `set`",
              "write, for example, " + section.example("table"));
    }
    return rules.isEmpty() ? null : new Table(rules, hit);
  }

  private void rule(Tree.Mapping mapping, List<Table.Rule> rules, Cases cases) {
    var section = Section.of(mapping, StepGrammar.RULE, reading.findings());
    if (section.has(OTHERWISE)) {
      if (section.has("when") || section.has("set")) {
        reading
            .findings()
            .error(
                section.spotOf(OTHERWISE),
                "`otherwise` in a rule of its own condition",
                "a rule of only `otherwise`",
                "make it the last rule");
      }
      cases.close();
      rules.add(new Table.Rule(Condition.ALWAYS, set(section, OTHERWISE)));
      return;
    }
    if (cases.isClosed()) {
      reading
          .findings()
          .error(
              mapping.at(),
              "a rule that never applies",
              "`otherwise` as the last rule",
              "move `otherwise` below it");
    }
    var text = section.scalar("when");
    if (text == null && !section.has("when")) {
      section.missing("when");
    }
    if (!section.has("set")) {
      section.missing("set");
    }
    var set = set(section, "set");
    if (text == null) {
      cases.giveUp();
      return;
    }
    reading
        .condition(text, 0, reading.scope())
        .ifPresentOrElse(
            it -> {
              cases.add(it, mapping.at());
              rules.add(new Table.Rule(Expressions.asCondition(text, 0, it), set));
            },
            cases::giveUp);
  }

  private Map<String, Term> set(Section section, String key) {
    var terms = new LinkedHashMap<String, Term>();
    var values = section.mapping(key);
    if (values != null) {
      for (var entry : values.entries()) {
        var name = entry.key().text();
        reading
            .declared(entry.key())
            .flatMap(type -> reading.term(entry.value(), Parameter.of(name, "", type)))
            .ifPresent(term -> terms.put(name, term));
        reading.set().add(name);
      }
    }
    return terms;
  }
}
