package dev.evergreen.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One immutable version of a workflow, checked and compiled: the process tree that runs follow.
///
/// A class, not a record, because it carries an index of its steps: where each stands, and what
/// comes after it.
public final class Definition {
  /// The outcome of a run that comes to the end of its steps without an [EndStep].
  public static final String DONE = "done";

  /// The outcome of a run that a person cancels.
  public static final String CANCELED = "canceled";

  private final String name;
  private final int version;
  private final String title;
  private final String about;
  private final List<Trigger> starts;
  private final Map<String, ValueType> data;
  private final List<Step> steps;
  private final Map<String, Place> places = new HashMap<>();

  /// An event that starts a run, when its condition holds over the facts and the event's own data.
  public record Trigger(String event, Condition when) {}

  /// Where a step stands.
  ///
  /// @param next the step after it in the same block; null when it is the last
  /// @param block the step that it is a part of; null at the top
  record Place(Step step, @Nullable Step next, @Nullable Step block) {}

  /// @param about what a run is about: `ticket`, `customer`, …
  /// @param data the names that runs may set, each with its type
  /// @throws IllegalArgumentException when two steps have the same id
  public Definition(
      String name,
      int version,
      String title,
      String about,
      List<Trigger> starts,
      Map<String, ValueType> data,
      List<Step> steps) {
    this.name = name;
    this.version = version;
    this.title = title;
    this.about = about;
    this.starts = List.copyOf(starts);
    this.data = Map.copyOf(data);
    this.steps = List.copyOf(steps);
    index(this.steps, null);
  }

  public String name() {
    return name;
  }

  public int version() {
    return version;
  }

  public String title() {
    return title;
  }

  public String about() {
    return about;
  }

  public List<Trigger> starts() {
    return starts;
  }

  public Map<String, ValueType> data() {
    return data;
  }

  public List<Step> steps() {
    return steps;
  }

  /// The step with that id, which must be of that kind.
  ///
  /// @throws IllegalStateException when there is none, which means that a run was taken for one of
  ///   another version
  public <S extends Step> S step(String id, Class<S> kind) {
    Step step = place(id).step();
    if (!kind.isInstance(step)) {
      throw new IllegalStateException(
          "expected step %s of %s to be a %s, but it is %s"
              .formatted(id, this, kind.getSimpleName(), step));
    }
    return kind.cast(step);
  }

  Place place(String id) {
    Place place = places.get(id);
    if (place == null) {
      throw new IllegalStateException("expected %s to have a step %s".formatted(this, id));
    }
    return place;
  }

  @Override
  public String toString() {
    return name + " version " + version;
  }

  private void index(List<Step> sequence, @Nullable Step block) {
    for (int i = 0; i < sequence.size(); i++) {
      Step step = sequence.get(i);
      Step next = i + 1 < sequence.size() ? sequence.get(i + 1) : null;
      if (places.put(step.id(), new Place(step, next, block)) != null) {
        throw new IllegalArgumentException(
            "expected every step to have an id of its own, but found %s twice"
                .formatted(step.id()));
      }
      for (List<Step> part : step.parts()) {
        index(part, step);
      }
    }
  }
}
