package dev.evergreen.server.workflow;

import dev.evergreen.engine.DoStep;
import java.util.LinkedHashMap;
import java.util.Map;

/// The checklist of a step as a form sends it: a box for each item, all of which must be checked
/// before the step is done.
public final class Checklist {
  private static final String CHECKED = "on";

  private Checklist() {}

  /// What the box of an item is called; no field of a form has a name like it.
  ///
  /// @param item counted from 0
  public static String box(int item) {
    return "checked." + item;
  }

  /// Whether the box of an item was checked in what a form sent.
  public static boolean isChecked(Map<String, String> sent, int item) {
    return CHECKED.equals(sent.get(box(item)));
  }

  /// The boxes of a step's items as someone sends them who has done them all.
  public static Map<String, String> done(DoStep step) {
    var boxes = new LinkedHashMap<String, String>();
    for (int item = 0; item < step.checklist().size(); item++) {
      boxes.put(box(item), CHECKED);
    }
    return boxes;
  }

  /// A sentence for each box that was not checked, by its name.
  public static Map<String, String> unchecked(DoStep step, Map<String, String> sent) {
    var unchecked = new LinkedHashMap<String, String>();
    for (int item = 0; item < step.checklist().size(); item++) {
      if (!isChecked(sent, item)) {
        unchecked.put(
            box(item),
            "Expected all of the checklist to be checked, but “%s” is not."
                .formatted(step.checklist().get(item)));
      }
    }
    return unchecked;
  }
}
