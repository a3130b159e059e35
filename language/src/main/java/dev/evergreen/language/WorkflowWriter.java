package dev.evergreen.language;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Span;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.Term;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.engine.WaitStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A workflow's tree as the text of a file.
final class WorkflowWriter {
  private final WorkflowFile file;
  private final Definition definition;

  private WorkflowWriter(WorkflowFile file) {
    this.file = file;
    this.definition = file.definition();
  }

  static String write(WorkflowFile file) {
    return YamlWriter.mapping(new WorkflowWriter(file).whole(), 0) + "\n";
  }

  private Map<String, Object> whole() {
    var keys = new Keys();
    var profile = file.profile();
    keys.put("workflow", definition.name());
    keys.put("title", definition.title());
    keys.put("process", profile.process());
    keys.put("kind", profile.kind());
    keys.put("about", definition.about());
    keys.put("purpose", profile.purpose());
    keys.put("owner", profile.owner());
    keys.put("scope", profile.format().scope());
    keys.put("roles", profile.format().roles());
    keys.put("exceptions", profile.format().exceptions());
    keys.put("approval", profile.review().approval().stream().map(it -> "team " + it).toList());
    keys.put("reviewed", profile.review().reviewed());
    keys.put("review every", span(profile.review().every()));
    var promises = new TreeMap<String, Object>();
    file.promises().forEach((name, span) -> promises.put(name, Spans.written(span)));
    keys.put("promise", promises);
    keys.map.put("start", starts(profile.byHand()));
    keys.put("inputs", fields(file.inputs()));
    keys.put("data", declared());
    keys.map.put("steps", steps(definition.steps()));
    keys.put("on", handlers(definition.handlers()));
    return keys.map;
  }

  /// Keys in their order; what is empty is left out.
  private static final class Keys {
    private final Map<String, Object> map = new LinkedHashMap<>();

    void put(String key, @Nullable Object value) {
      switch (value) {
        case null -> {
          // Not there.
        }
        case String text when text.isEmpty() -> {
          // Says nothing.
        }
        case List<?> list when list.isEmpty() -> {
          // Says nothing.
        }
        case Map<?, ?> values when values.isEmpty() -> {
          // Says nothing.
        }
        default -> map.put(key, value);
      }
    }
  }

  private Object starts(boolean byHand) {
    var starts = new ArrayList<Object>();
    for (var start : definition.starts()) {
      var keys = new Keys();
      keys.put("on", start.event());
      keys.put("when", condition(start.when()));
      starts.add(keys.map);
    }
    if (byHand) {
      starts.add(Grammar.BY_HAND);
    }
    return switch (starts) {
      case List<Object> none when none.isEmpty() -> Grammar.BY_CALL;
      case List<Object> one when definition.starts().isEmpty() -> one.getFirst();
      default -> starts;
    };
  }

  /// Run data that nothing else in the file declares.
  private Map<String, Object> declared() {
    var declared = new TreeMap<String, Object>();
    definition.data().forEach((name, type) -> declared.put(name, type(type)));
    file.inputs().forEach(input -> declared.remove(input.name()));
    Paths.all(definition.steps(), definition.handlers())
        .forEach(step -> {
          switch (step) {
            case DoStep it -> it.form().forEach(field -> declared.remove(field.name()));
            case AskStep it -> declared.remove(it.into());
            case RunStep _,
                DecideStep _,
                TogetherStep _,
                RepeatStep _,
                WaitStep _,
                CallStep _,
                EndStep _ -> {
              // An action's outcome may be declared as well; the others set what is declared.
            }
          }
        });
    return declared;
  }

  private List<Object> steps(List<Step> steps) {
    return new ArrayList<>(steps.stream().map(this::step).toList());
  }

  private Map<String, Object> step(Step step) {
    var keys = new Keys();
    switch (step) {
      case DoStep it -> task(it, keys);
      case RunStep it -> action(it, keys);
      case AskStep it -> question(it, keys);
      case DecideStep it -> decision(it, keys);
      case TogetherStep it -> together(it, keys);
      case RepeatStep it -> {
        keys.map.put("repeat", it.title());
        keys.put("at most", times(it.atMost()));
        keys.put("until", it.until().source());
        keys.put("steps", steps(it.steps()));
        keys.put("else", steps(it.otherwise()));
      }
      case WaitStep it -> wait(it, keys);
      case CallStep it -> {
        keys.put("call", it.workflow());
        keys.put("title", it.title());
        keys.put("with", terms(it.with(), true));
        keys.put("into", new TreeMap<>(it.into()));
      }
      case EndStep it -> {
        keys.put("end", it.outcome());
        keys.put("title", it.title());
      }
    }
    keys.put("milestone", file.milestones().get(step.id()));
    keys.put("on", handlers(step.handlers()));
    return keys.map;
  }

  private static void task(DoStep it, Keys keys) {
    keys.put("do", it.title());
    keys.put("by", Assignees.written(it.by()));
    keys.put("within", span(it.within()));
    keys.put("instructions", it.instructions());
    keys.put("form", fields(it.form()));
    keys.put("checklist", it.checklist());
    keys.put("evidence", it.evidence() ? "required" : null);
  }

  private static void action(RunStep it, Keys keys) {
    keys.put("run", it.action());
    keys.put("title", it.title());
    keys.put("with", terms(it.with(), false));
    keys.put("into", new TreeMap<>(it.into()));
    var retries = it.retries();
    if (retries != null) {
      var retry = new Keys();
      retry.put("at most", times(retries.times()));
      retry.put("after", span(retries.first()));
      retry.put("factor", retries.factor());
      keys.put("retry", retry.map);
    }
  }

  private void question(AskStep it, Keys keys) {
    keys.put("ask", it.question());
    keys.put("title", it.title());
    keys.put("into", new TreeMap<>(Map.of(it.into(), type(it.type()))));
    keys.put("attempts", times(it.attempts()));
    keys.put("at most", span(it.atMost()));
    keys.put("else", steps(it.otherwise()));
  }

  private void decision(DecideStep it, Keys keys) {
    keys.put("decide", it.title());
    for (var branch : it.branches()) {
      keys.map.put(
          branch.when().equals(Condition.ALWAYS) ? "otherwise" : "when " + branch.when().source(),
          steps(branch.steps()));
    }
    var table = it.table();
    if (table != null) {
      var rules = new ArrayList<Object>();
      for (var rule : table.rules()) {
        var keysOfRule = new Keys();
        var when = condition(rule.when());
        keysOfRule.put("when", when);
        keysOfRule.map.put(when == null ? "otherwise" : "set", terms(rule.set(), false));
        rules.add(keysOfRule.map);
      }
      keys.put("table", rules);
      keys.put("hit", table.hit() == DecideStep.Table.Hit.UNIQUE ? "unique" : null);
    }
  }

  private void together(TogetherStep it, Keys keys) {
    keys.put("together", it.title());
    keys.put("until", it.join() == TogetherStep.Join.ANY ? "any" : null);
    for (int i = 0; i < it.branches().size(); i++) {
      keys.map.put("branch " + (i + 1), steps(it.branches().get(i)));
    }
  }

  private void wait(WaitStep it, Keys keys) {
    var until = it.until() == null ? null : it.until().source();
    if (it.events().isEmpty()) {
      keys.put("wait", until == null ? span(it.atMost()) : until);
      keys.put("title", it.title());
      keys.put("at most", until == null ? null : span(it.atMost()));
      return;
    }
    keys.put("wait", it.events().size() == 1 ? it.events().getFirst() : it.events());
    keys.put("title", it.title());
    keys.put("when", it.when() == null ? null : it.when().source());
    keys.put("since", it.since() == null ? null : definition.titleOf(it.since()));
    keys.put("until", until);
    keys.put("at most", span(it.atMost()));
    keys.put("else", steps(it.otherwise()));
  }

  private List<Object> handlers(List<Handler> handlers) {
    var list = new ArrayList<Object>();
    for (var handler : handlers) {
      var keys = new Keys();
      switch (handler.trigger()) {
        case Handler.Trigger.OnEvent(List<String> events, var when) -> {
          keys.put("event", events.size() == 1 ? events.getFirst() : events);
          keys.put("when", when == null ? null : when.source());
        }
        case Handler.Trigger.After(var after) -> keys.put("after", span(after));
        case Handler.Trigger.OnFailure _ -> keys.put("failure", "any");
      }
      keys.put("unless", handler.unless() == null ? null : handler.unless().source());
      keys.put("alongside", handler.alongside() ? true : null);
      keys.map.put("steps", steps(handler.steps()));
      list.add(keys.map);
    }
    return list;
  }

  private static Map<String, Object> fields(List<DoStep.Field> fields) {
    var written = new LinkedHashMap<String, Object>();
    for (var field : fields) {
      var type = type(field.type());
      if (!field.label().equals(FieldReader.label(field.name()))) {
        var keys = new Keys();
        keys.put("label", field.label());
        keys.put(type instanceof List ? "choices" : "type", type);
        keys.put("optional", field.required() ? null : true);
        written.put(field.name(), keys.map);
      } else if (field.required()) {
        written.put(field.name(), type);
      } else {
        written.put(
            field.name(),
            type instanceof List
                ? new TreeMap<>(Map.of("choices", type, "optional", true))
                : TypeNames.OPTIONAL + type);
      }
    }
    return written;
  }

  private static Object type(ValueType type) {
    return type instanceof ValueType.Choice choice ? choice.options() : TypeNames.of(type);
  }

  /// @param byLook whether a text that looks like a number has to be quoted to stay one
  private static Map<String, Object> terms(Map<String, Term> terms, boolean byLook) {
    var written = new TreeMap<String, Object>();
    terms.forEach((name, term) -> {
      // A term that is a constant has the same value whatever is known.
      var source = term.source();
      boolean text = byLook && !source.startsWith("=") && term.value(Map.of()) instanceof String;
      written.put(name, text ? new YamlWriter.Quoted(source) : source);
    });
    return written;
  }

  private static @Nullable String condition(Condition condition) {
    return condition.equals(Condition.ALWAYS) ? null : condition.source();
  }

  private static @Nullable String span(@Nullable Span span) {
    return span == null ? null : Spans.written(span);
  }

  private static String times(int times) {
    return times == 1 ? "1 time" : times + " times";
  }
}
