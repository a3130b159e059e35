package dev.evergreen.language.bpmn;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Handler.Trigger;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Spans;
import dev.evergreen.language.TypeNames;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes what BPMN has no word for, as elements of our namespace: one for each kind of block.
record Details(Xml xml) {

  void head(Definition definition) {
    xml.open("evergreen:workflow")
        .with("about", definition.about())
        .with("version", definition.version());
    for (var trigger : definition.starts()) {
      xml.open("evergreen:start")
          .with("on", trigger.event())
          .with("when", trigger.when().source())
          .close();
    }
    for (var one : new TreeMap<>(definition.data()).entrySet()) {
      xml.open("evergreen:data")
          .with("name", one.getKey())
          .with("type", TypeNames.of(one.getValue()))
          .with("input", definition.inputs().contains(one.getKey()) ? true : null);
      options(one.getValue());
      xml.close();
    }
    xml.close();
  }

  void of(Step step) {
    switch (step) {
      case DoStep it -> task(it);
      case RunStep it -> action(it);
      case AskStep it -> {
        xml.open("evergreen:ask")
            .with("question", it.question())
            .with("into", it.into())
            .with("type", TypeNames.of(it.type()))
            .with("attempts", it.attempts())
            .with("atMost", Spans.written(it.atMost()));
        options(it.type());
        xml.close();
      }
      case DecideStep it -> {
        xml.open("evergreen:decide");
        if (it.table() != null) {
          table(it.table());
        }
        xml.close();
      }
      case TogetherStep it ->
          xml.open("evergreen:together")
              .with("until", it.join() == TogetherStep.Join.ALL ? "all" : "any")
              .close();
      case RepeatStep it ->
          xml.open("evergreen:repeat")
              .with("atMost", it.atMost())
              .with("until", it.until().source())
              .close();
      case WaitStep it ->
          xml.open("evergreen:wait")
              .with("when", it.when() == null ? null : it.when().source())
              .with("since", it.since())
              .with("until", it.until() == null ? null : it.until().source())
              .close();
      case CallStep it -> {
        xml.open("evergreen:call").with("workflow", it.workflow());
        terms("with", it.with());
        into(it.into());
        xml.close();
      }
      case EndStep it -> xml.open("evergreen:end").with("outcome", it.outcome()).close();
    }
  }

  void of(Handler handler) {
    var when = handler.trigger() instanceof Trigger.OnEvent(var _, var it) ? it : null;
    xml.open("evergreen:handler")
        .with("when", when == null ? null : when.source())
        .with("unless", handler.unless() == null ? null : handler.unless().source())
        .with("alongside", handler.alongside())
        .close();
  }

  static @Nullable String called(Node node) {
    return node.step() instanceof CallStep call ? call.workflow() : null;
  }

  private void task(DoStep step) {
    xml.open("evergreen:do")
        .with("by", Assignees.written(step.by()))
        .with("within", step.within() == null ? null : Spans.written(step.within()))
        .with("evidence", step.evidence() ? true : null);
    for (var field : step.form()) {
      xml.open("evergreen:field")
          .with("name", field.name())
          .with("label", field.label())
          .with("type", TypeNames.of(field.type()))
          .with("required", field.required());
      options(field.type());
      xml.close();
    }
    for (var check : step.checklist()) {
      xml.open("evergreen:check").with("text", check).close();
    }
    xml.close();
  }

  private void action(RunStep step) {
    xml.open("evergreen:run").with("action", step.action());
    terms("with", step.with());
    into(step.into());
    var retries = step.retries();
    if (retries != null) {
      xml.open("evergreen:retry")
          .with("times", retries.times())
          .with("first", Spans.written(retries.first()))
          .with("factor", retries.factor())
          .close();
    }
    xml.close();
  }

  private void table(DecideStep.Table table) {
    xml.open("evergreen:table")
        .with("hit", table.hit() == DecideStep.Table.Hit.FIRST ? "first" : "unique");
    for (var rule : table.rules()) {
      xml.open("evergreen:rule").with("when", rule.when().source());
      terms("set", rule.set());
      xml.close();
    }
    xml.close();
  }

  private void terms(String element, Map<String, Term> terms) {
    for (var one : new TreeMap<>(terms).entrySet()) {
      xml.open("evergreen:" + element)
          .with("name", one.getKey())
          .with("value", one.getValue().source())
          .close();
    }
  }

  private void into(Map<String, String> into) {
    for (var one : new TreeMap<>(into).entrySet()) {
      xml.open("evergreen:into").with("name", one.getKey()).with("from", one.getValue()).close();
    }
  }

  private void options(ValueType type) {
    if (type instanceof ValueType.Choice(var options)) {
      for (var option : options) {
        xml.open("evergreen:option").with("value", option).close();
      }
    }
  }
}
