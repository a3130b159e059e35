package dev.evergreen.language;

import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.DoStep.Assignee;
import dev.evergreen.engine.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the readers of a file remember for each other and for the checks of the whole.
final class Notes {
  private final Map<String, Spot> spots = new HashMap<>();
  private final Map<String, String> idsByTitle = new HashMap<>();
  private final Set<String> sharedTitles = new HashSet<>();
  private final Map<String, String> milestones = new LinkedHashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();

  /// Somebody who is asked to do a step, or to approve a change.
  record Asked(Assignee by, Spot at) {}

  /// @param given the type of each argument
  record Call(CallStep step, Tree.Mapping mapping, Map<String, ValueType> given) {
    Spot at(String key) {
      return mapping.entry(key).map(entry -> entry.value().at()).orElse(mapping.at());
    }

    /// The place of a name below a key, `with` or `into`.
    Spot at(String key, String name) {
      return mapping.entry(key).map(Tree.Entry::value).stream()
          .filter(Tree.Mapping.class::isInstance)
          .flatMap(value -> ((Tree.Mapping) value).entry(name).stream())
          .map(entry -> entry.key().at())
          .findFirst()
          .orElseGet(() -> at(key));
    }
  }

  void step(String id, Spot at) {
    spots.put(id, at);
  }

  Spot spot(String id) {
    return spots.getOrDefault(id, Spot.START);
  }

  void title(String id, String title) {
    if (idsByTitle.putIfAbsent(title, id) != null) {
      sharedTitles.add(title);
    }
  }

  /// The one step read so far that has the title.
  Optional<String> idOf(String title) {
    return sharedTitles.contains(title)
        ? Optional.empty()
        : Optional.ofNullable(idsByTitle.get(title));
  }

  boolean isShared(String title) {
    return sharedTitles.contains(title);
  }

  List<String> titles() {
    return idsByTitle.keySet().stream().filter(it -> !sharedTitles.contains(it)).sorted().toList();
  }

  void milestone(String id, String name) {
    milestones.put(id, name);
  }

  /// Names of milestones by the id of the step that reaches them.
  Map<String, String> milestones() {
    return milestones;
  }

  void asked(Assignee by, Spot at) {
    asked.add(new Asked(by, at));
  }

  List<Asked> asked() {
    return asked;
  }

  void call(Call call) {
    calls.add(call);
  }

  List<Call> calls() {
    return calls;
  }
}
