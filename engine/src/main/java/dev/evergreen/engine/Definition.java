package dev.evergreen.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /// Stands for the whole where a step's id is expected: the block that the run itself is when it
  /// has handlers.
  public static final String WHOLE = "";

  private final String name;
  private final int version;
  private final String title;
  private final String about;
  private final List<Trigger> starts;
  private final Map<String, ValueType> data;
  private final Set<String> inputs;
  private final List<Step> steps;
  private final List<Handler> handlers;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, Handler> handlersById = new HashMap<>();

  /// An event that starts a run, when its condition holds over the facts and the event's own data.
  public record Trigger(String event, Condition when) {}

  /// Where a step stands.
  ///
  /// @param next the step after it in the same sequence; null when it is the last
  /// @param part which sequence that is
  record Place(Step step, @Nullable Step next, Part part) {}

  /// A sequence of steps by where it is.
  sealed interface Part {
    /// The top.
    record Whole() implements Part {}

    /// One of a step's [Step#parts], counted from 0.
    record Of(Step block, int index) implements Part {}

    record OfHandler(Handler handler) implements Part {}
  }

  /// @param about what a run is about: `ticket`, `customer`, …
  /// @param data the names that runs may set, each with its type
  /// @param inputs the names in `data` that a run must be started with
  /// @param handlers those of the whole run
  /// @throws IllegalArgumentException when two steps or two handlers have the same id, or an input
  ///   is not declared
  public Definition(
      String name,
      int version,
      String title,
      String about,
      List<Trigger> starts,
      Map<String, ValueType> data,
      Set<String> inputs,
      List<Step> steps,
      List<Handler> handlers) {
    this.name = name;
    this.version = version;
    this.title = title;
    this.about = about;
    this.starts = List.copyOf(starts);
    this.data = Map.copyOf(data);
    this.inputs = Set.copyOf(inputs);
    this.steps = List.copyOf(steps);
    this.handlers = List.copyOf(handlers);
    if (!this.data.keySet().containsAll(this.inputs)) {
      throw new IllegalArgumentException(
          "expected inputs among the data %s, but found %s".formatted(data.keySet(), inputs));
    }
    index(this.steps, new Part.Whole());
    index(this.handlers);
  }

  /// The same tree under another number.
  public Definition atVersion(int number) {
    return new Definition(name, number, title, about, starts, data, inputs, steps, handlers);
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

  public Set<String> inputs() {
    return inputs;
  }

  public List<Step> steps() {
    return steps;
  }

  public List<Handler> handlers() {
    return handlers;
  }

  /// The title of the step with that id, or of the [#WHOLE].
  public String titleOf(String step) {
    return step.equals(WHOLE) ? title : place(step).step().title();
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

  /// The handler with that id.
  ///
  /// @throws IllegalStateException when there is none
  public Handler handler(String id) {
    Handler handler = handlersById.get(id);
    if (handler == null) {
      throw new IllegalStateException("expected %s to have a handler %s".formatted(this, id));
    }
    return handler;
  }

  /// What is wrong with a value that is to become run data; null when it fits.
  ///
  /// @param where in words, for a sentence: “in the outcome of message.send”
  @Nullable String problemWith(String name, Object value, String where) {
    ValueType type = data.get(name);
    if (type == null) {
      return "expected data that %s declares, but found `%s` %s".formatted(this, name, where);
    }
    return type.accepts(value)
        ? null
        : "expected %s as `%s` %s, but found “%s”".formatted(type.inWords(), name, where, value);
  }

  /// The handlers of a step, or of the [#WHOLE].
  List<Handler> handlersOf(String block) {
    return block.equals(WHOLE) ? handlers : place(block).step().handlers();
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

  private void index(List<Step> sequence, Part part) {
    for (int i = 0; i < sequence.size(); i++) {
      Step step = sequence.get(i);
      Step next = i + 1 < sequence.size() ? sequence.get(i + 1) : null;
      if (places.put(step.id(), new Place(step, next, part)) != null) {
        throw twice("step", step.id());
      }
      List<List<Step>> parts = step.parts();
      for (int inner = 0; inner < parts.size(); inner++) {
        index(parts.get(inner), new Part.Of(step, inner));
      }
      index(step.handlers());
    }
  }

  private void index(List<Handler> watching) {
    for (Handler handler : watching) {
      if (handlersById.put(handler.id(), handler) != null) {
        throw twice("handler", handler.id());
      }
      index(handler.steps(), new Part.OfHandler(handler));
    }
  }

  private static IllegalArgumentException twice(String what, String id) {
    return new IllegalArgumentException(
        "expected every %s to have an id of its own, but found %s twice".formatted(what, id));
  }
}
