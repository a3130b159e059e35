package dev.evergreen.engine;

import dev.evergreen.engine.testing.TestEngine;
import java.util.List;
import java.util.Map;

/// Two versions of a workflow, and a run that moves from one to the other.
final class Versions {
  private Versions() {}

  static RunStep retitled(RunStep step) {
    return new RunStep(
        step.id(),
        "Run 2",
        step.action(),
        step.with(),
        step.into(),
        step.retries(),
        step.handlers());
  }

  static DoStep task(String id, String title) {
    return watched(id, title);
  }

  static DoStep watched(String id, String title, Handler... handlers) {
    return Steps.task(id, title, null, List.of(), List.of(handlers));
  }

  static Definition v1(Step... steps) {
    return version(1, List.of(), steps);
  }

  static Definition v2(Step... steps) {
    return version(2, List.of(), steps);
  }

  static Definition version(int number, List<Handler> handlers, Step... steps) {
    return Steps.watched(handlers, steps).atVersion(number);
  }

  static TestEngine started(Step... steps) {
    return start(v1(steps));
  }

  static TestEngine start(Definition definition) {
    return start(definition, Map.of());
  }

  static TestEngine start(Definition definition, Map<String, Object> data) {
    var engine = new TestEngine(definition);
    engine.start(data);
    return engine;
  }

  static List<Event> migrate(TestEngine engine, Definition to) {
    return engine.take(new Input.Migrate(engine.preview(to), "ada"));
  }
}
