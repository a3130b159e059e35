package dev.evergreen.engine;

import java.util.List;
import java.util.Map;

/// One immutable version of a workflow, checked and compiled: the process tree that runs follow.
///
/// @param about what a run is about: `ticket`, `customer`, …
/// @param data the names that runs may set, each with its type
public record Definition(
    String name,
    int version,
    String title,
    String about,
    List<Trigger> starts,
    Map<String, ValueType> data,
    List<Step> steps) {

  public Definition {
    starts = List.copyOf(starts);
    data = Map.copyOf(data);
    steps = List.copyOf(steps);
  }

  /// An event that starts a run, when its condition holds over the facts and the event's own data.
  public record Trigger(String event, Condition when) {}
}
