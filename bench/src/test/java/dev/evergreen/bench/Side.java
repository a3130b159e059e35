package dev.evergreen.bench;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// One of two engines that run the same process on the same inputs.
interface Side {
  /// What can come next, by the element of the model that waits for it, and how often it does.
  SortedMap<String, Integer> open();

  /// The automatic steps performed because of the last input, in a fixed order.
  List<String> performed();

  /// With what it ended; empty as long as it has not.
  String outcome();

  /// Begins a run; those before it are left as they are.
  void start();

  /// Lets happen what an element waits for: a task is completed with these answers, a time passes,
  /// an event comes, an answer comes, a called workflow ends.
  void happen(String element, Map<String, Object> answers);
}
