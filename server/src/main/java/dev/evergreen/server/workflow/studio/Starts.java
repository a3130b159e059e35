package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.Definition.Trigger;
import dev.evergreen.language.Plain;
import dev.evergreen.language.WorkflowFile;
import java.util.ArrayList;
import java.util.List;

/// What starts a workflow, in words.
public final class Starts {
  private Starts() {}

  public static List<String> of(WorkflowFile file) {
    var plain = Plain.of(file.definition());
    var starts = new ArrayList<String>();
    file.definition().starts().forEach(start -> starts.add(of(start, plain)));
    if (file.profile().byHand()) {
      starts.add("when a person starts it");
    }
    if (starts.isEmpty()) {
      starts.add("when another workflow calls it");
    }
    return starts;
  }

  private static String of(Trigger start, Plain plain) {
    String condition = start.when().source();
    String event = "on “%s”".formatted(Plain.words(start.event()));
    return condition.equals("true") ? event : event + ", if " + plain.condition(condition);
  }
}
