package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.Definition;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.Step;
import dev.evergreen.language.Plain;
import dev.evergreen.language.WorkflowFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What changed from one version of a workflow to another, as people would tell it: which steps
/// came, went, moved or are done differently.
///
/// A step is the same one when its kind and title are; a step that went where another of the same
/// kind came in the same place was renamed.
public record Difference(List<Change> changes) {
  public Difference {
    changes = List.copyOf(changes);
  }

  public enum Kind {
    ADDED("Added", "plus", "green"),
    REMOVED("Taken out", "trash", "red"),
    MOVED("Moved", "arrows-exchange", "blue"),
    CHANGED("Changed", "pencil", "amber");

    private final String word;
    private final String icon;
    private final String tone;

    Kind(String word, String icon, String tone) {
      this.word = word;
      this.icon = icon;
      this.tone = tone;
    }

    public String word() {
      return word;
    }

    public String icon() {
      return icon;
    }

    public String tone() {
      return tone;
    }
  }

  /// @param where after or inside of which step it stands; empty for the head of the file
  public record Change(Kind kind, String title, String where, List<Detail> details) {
    public Change {
      details = List.copyOf(details);
    }
  }

  /// One thing that is said otherwise; either side may be empty.
  public record Detail(String label, String before, String after) {}

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  static Difference between(WorkflowFile before, WorkflowFile after) {
    var changes = new ArrayList<Change>();
    List<Detail> head = details(head(before), head(after));
    if (!head.isEmpty()) {
      changes.add(new Change(Kind.CHANGED, "The workflow itself", "", head));
    }
    changes.addAll(steps(Place.all(before.definition()), Place.all(after.definition())));
    return new Difference(changes);
  }

  /// A step in the order of the file.
  ///
  /// @param parent the index of the step that it is inside of; -1 at the top
  private record Place(
      Step step, String kind, String where, int parent, Map<String, String> words) {
    static List<Place> all(Definition definition) {
      var telling = new Telling(definition, Plain.of(definition), new ArrayList<>());
      telling.add(definition.steps(), -1, "at the beginning");
      for (Handler handler : definition.handlers()) {
        telling.add(handler.steps(), -1, "at any time");
      }
      return telling.places();
    }

    boolean isSame(Place other) {
      return kind.equals(other.kind) && step.title().equals(other.step.title());
    }
  }

  /// Goes through one version, in the words of its own questions.
  private record Telling(Definition definition, Plain plain, List<Place> places) {
    void add(List<Step> steps, int parent, String first) {
      String where = first;
      for (Step step : steps) {
        int here = places.size();
        places.add(new Place(step, StepWords.kind(step), where, parent, words(step)));
        for (List<Step> part : step.parts()) {
          add(part, here, "first in “%s”".formatted(step.title()));
        }
        for (Handler handler : step.handlers()) {
          add(handler.steps(), here, "meanwhile in “%s”".formatted(step.title()));
        }
        where = "after “%s”".formatted(step.title());
      }
    }

    private Map<String, String> words(Step step) {
      var words = new LinkedHashMap<String, String>();
      words.put("Title", step.title());
      words.putAll(StepWords.of(step, plain, definition));
      return words;
    }
  }

  private static List<Change> steps(List<Place> before, List<Place> after) {
    var pairs = new LinkedHashMap<Integer, Integer>();
    int[][] common = common(before, after);
    int i = 0;
    int j = 0;
    while (i < before.size() && j < after.size()) {
      if (before.get(i).isSame(after.get(j))) {
        pairs.put(j++, i++);
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    var inOrder = new LinkedHashSet<>(pairs.keySet());
    pair(before, after, pairs, Place::isSame);
    var moved = new LinkedHashSet<>(pairs.keySet());
    moved.removeAll(inOrder);
    pair(
        before,
        after,
        pairs,
        (old, now) ->
            old.kind().equals(now.kind()) && pairs.getOrDefault(now.parent(), -1) == old.parent());

    var changes = new ArrayList<Change>();
    for (int n = 0; n < after.size(); n++) {
      Place now = after.get(n);
      Integer old = pairs.get(n);
      if (old == null) {
        changes.add(
            new Change(
                Kind.ADDED, now.step().title(), now.where(), details(Map.of(), now.words())));
        continue;
      }
      List<Detail> details = details(before.get(old).words(), now.words());
      boolean elsewhere =
          moved.contains(n) || pairs.getOrDefault(now.parent(), -1) != before.get(old).parent();
      if (elsewhere || !details.isEmpty()) {
        changes.add(
            new Change(
                elsewhere ? Kind.MOVED : Kind.CHANGED,
                now.step().title(),
                elsewhere ? now.where() : "",
                details));
      }
    }
    for (int o = 0; o < before.size(); o++) {
      if (!pairs.containsValue(o)) {
        Place old = before.get(o);
        changes.add(new Change(Kind.REMOVED, old.step().title(), old.where(), List.of()));
      }
    }
    return changes;
  }

  private interface Likeness {
    boolean holds(Place old, Place now);
  }

  /// Pairs what has no partner yet, in the order of the newer version.
  private static void pair(
      List<Place> before, List<Place> after, Map<Integer, Integer> pairs, Likeness likeness) {
    for (int j = 0; j < after.size(); j++) {
      for (int i = 0; i < before.size() && !pairs.containsKey(j); i++) {
        if (!pairs.containsValue(i) && likeness.holds(before.get(i), after.get(j))) {
          pairs.put(j, i);
        }
      }
    }
  }

  /// The length of the longest common subsequence of the rests from each pair of places.
  private static int[][] common(List<Place> before, List<Place> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).isSame(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<Detail> details(Map<String, String> before, Map<String, String> after) {
    var labels = new LinkedHashSet<>(after.keySet());
    labels.addAll(before.keySet());
    return labels.stream()
        .filter(label -> !(before.isEmpty() && label.equals("Title")))
        .map(label ->
            new Detail(label, before.getOrDefault(label, ""), after.getOrDefault(label, "")))
        .filter(detail -> !detail.before().equals(detail.after()))
        .toList();
  }

  private static Map<String, String> head(WorkflowFile file) {
    Definition definition = file.definition();
    var words = new LinkedHashMap<String, String>();
    words.put("Title", definition.title());
    words.put("Purpose", file.purpose());
    words.put("Process", Heads.words(file.process()));
    words.put("Kind", file.kind());
    words.put("Owner", Heads.words(file.owner()));
    words.put("Review", Plain.span(file.reviewEvery()));
    words.put("Who agrees", String.join(", ", file.profile().review().approval()));
    words.put("Promised", lines(new TreeMap<>(file.promises()), Plain::span));
    words.put("Scope", file.profile().format().scope().strip());
    words.put("Roles", lines(file.profile().format().roles(), role -> role));
    words.put("Exceptions", String.join("\n", file.profile().format().exceptions()));
    words.put("Starts", String.join("; ", Starts.of(file)));
    return words;
  }

  /// `greeting: 1 business hour`, one a line.
  private static <T> String lines(Map<String, T> named, Function<T, String> words) {
    return named.entrySet().stream()
        .map(one -> Heads.words(one.getKey()) + ": " + words.apply(one.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
