package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Definition.Trigger;
import java.util.List;

/// What starts a workflow, in words.
public final class Starts {
  private Starts() {}

  public static List<String> of(Definition definition) {
    return definition.starts().stream().map(Starts::of).toList();
  }

  private static String of(Trigger start) {
    String condition = start.when().source();
    String event = "on “%s”".formatted(start.event().replaceAll("[.-]", " "));
    return condition.equals("true") ? event : event + ", if " + condition;
  }
}
