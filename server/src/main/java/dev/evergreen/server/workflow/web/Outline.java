package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.AskStep;
import dev.evergreen.engine.CallStep;
import dev.evergreen.engine.Condition;
import dev.evergreen.engine.DecideStep;
import dev.evergreen.engine.Definition;
import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.EndStep;
import dev.evergreen.engine.Handler;
import dev.evergreen.engine.RepeatStep;
import dev.evergreen.engine.RunStep;
import dev.evergreen.engine.Step;
import dev.evergreen.engine.TogetherStep;
import dev.evergreen.engine.WaitStep;
import dev.evergreen.language.Assignees;
import dev.evergreen.language.Plain;
import dev.evergreen.language.diagram.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The steps of a workflow as sentences, one inside the other.
///
/// @param id where the step stands in its version
/// @param about who does it, by when, with what: a second, quieter sentence
/// @param measure what happened here; null where that is not told
public record Outline(
    String id,
    String title,
    String about,
    String icon,
    @Nullable Measure measure,
    List<Part> parts) {
  public Outline {
    parts = List.copyOf(parts);
  }

  /// Steps that are gone through in one case, which `when` says; `formula` is how the file says it,
  /// empty when the words say it all.
  ///
  /// @param share in how many of the cases that came here it was so; empty where that is not told
  public record Part(String when, String formula, String share, List<Outline> steps) {
    public Part {
      steps = List.copyOf(steps);
    }
  }

  /// What happened at a step.
  ///
  /// @param time from its beginning to its end in the middle of all cases; empty when it takes none
  /// @param bar how long that is beside the longest, in pixels; 0 for a block
  /// @param longest whether it is the longest
  /// @param volume how many came here, and how many were skipped
  public record Measure(String time, int bar, boolean longest, String volume) {}

  /// All that a workflow does once it has started.
  public static List<Outline> of(Definition definition) {
    return of(definition, null);
  }

  /// The same with what happened at each step.
  public static List<Outline> of(Definition definition, @Nullable Figures figures) {
    return new Telling(definition, figures).steps(definition.steps());
  }

  /// What is done at any time of a run, beside its steps.
  public static List<Part> atAnyTime(Definition definition, @Nullable Figures figures) {
    var telling = new Telling(definition, figures);
    return definition.handlers().stream()
        .map(handler -> telling.handler(handler, Definition.WHOLE))
        .toList();
  }

  /// What makes a handler act, and whether beside the block or in its place: `instead, on
  /// “closed”`.
  static String occasion(String handler, Definition definition) {
    String words = new Telling(definition, null).occasion(definition.handler(handler));
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  /// The picture of a step's kind.
  public static String icon(Step step) {
    return switch (step) {
      case DoStep _ -> "user";
      case RunStep _ -> "robot";
      case DecideStep it -> it.table() == null ? "git-branch" : "table";
      case RepeatStep _ -> "repeat";
      case WaitStep _ -> "hourglass";
      case AskStep _ -> "message-question";
      case TogetherStep _ -> "arrows-split-2";
      case CallStep _ -> "route";
      case EndStep _ -> "circle-check";
    };
  }

  /// One definition being told, with the figures of one version if there are any.
  private static final class Telling {
    private static final int BAR = 56;

    private final Definition definition;
    private final Plain plain;
    private final @Nullable Figures figures;

    Telling(Definition definition, @Nullable Figures figures) {
      this.definition = definition;
      this.plain = Plain.of(definition);
      this.figures = figures;
    }

    List<Outline> steps(List<Step> steps) {
      return steps.stream().map(this::step).toList();
    }

    private Outline step(Step step) {
      var parts = new ArrayList<>(parts(step));
      step.handlers().forEach(handler -> parts.add(handler(handler, step.id())));
      return new Outline(step.id(), title(step), about(step), icon(step), measure(step), parts);
    }

    private static String title(Step step) {
      return step instanceof EndStep it ? "End: " + Plain.words(it.outcome()) : step.title();
    }

    private String about(Step step) {
      return switch (step) {
        case DoStep it -> asked(it);
        case RunStep it -> "By itself: " + Plain.action(it, definition.about());
        case DecideStep it -> it.table() == null ? "" : rules(it.table());
        case RepeatStep it ->
            "At most %d times, until %s"
                .formatted(it.atMost(), plain.condition(it.until().source()));
        case WaitStep it -> waits(it);
        case AskStep it ->
            "The customer, at most %s and %s"
                .formatted(
                    it.attempts() == 1 ? "once" : it.attempts() + " times",
                    Plain.span(it.atMost()));
        case TogetherStep it ->
            switch (it.join()) {
              case ALL -> "Side by side, until all are over";
              case ANY -> "Side by side, until the first is over";
            };
        case CallStep it -> "By the workflow “%s”".formatted(Plain.words(it.workflow()));
        case EndStep _ -> "";
      };
    }

    private List<Part> parts(Step step) {
      return switch (step) {
        case DecideStep it -> branches(it);
        case RepeatStep it ->
            Stream.concat(
                    Stream.of(new Part("Each time", "", "", steps(it.steps()))),
                    otherwise("If that was not enough", it, it.otherwise()).stream())
                .toList();
        case WaitStep it -> otherwise("If nothing comes", it, it.otherwise());
        case AskStep it -> otherwise("If no answer comes that fits", it, it.otherwise());
        case TogetherStep it ->
            it.branches().stream()
                .map(branch -> new Part("Beside the others", "", "", steps(branch)))
                .toList();
        case DoStep _, RunStep _, CallStep _, EndStep _ -> List.of();
      };
    }

    private List<Part> branches(DecideStep step) {
      return IntStream.range(0, step.branches().size())
          .mapToObj(i -> {
            DecideStep.Branch branch = step.branches().get(i);
            String formula = branch.when().source();
            String share = share(Figures.way(step, i), step.id());
            return formula.equals("true")
                ? new Part("Otherwise", "", share, steps(branch.steps()))
                : new Part(
                    sentence(plain.condition(formula, step.title())),
                    formula,
                    share,
                    steps(branch.steps()));
          })
          .toList();
    }

    /// `Meanwhile, after 4 business hours`: what is done while the block goes on, or instead of the
    /// rest of it.
    private Part handler(Handler handler, String block) {
      return new Part(
          occasion(handler), "", shareIfAny(handler.id(), block), steps(handler.steps()));
    }

    private String occasion(Handler handler) {
      String occasion =
          switch (handler.trigger()) {
            case Handler.Trigger.OnEvent it -> "on “" + Plain.anyOf(it.events()) + "”";
            case Handler.Trigger.After it -> "after " + Plain.span(it.span());
            case Handler.Trigger.OnFailure _ -> "when it cannot be done";
          };
      Condition when = handler.trigger() instanceof Handler.Trigger.OnEvent it ? it.when() : null;
      String condition =
          (when == null ? "" : ", if " + plain.condition(when.source()))
              + (handler.unless() == null
                  ? ""
                  : ", unless " + plain.condition(handler.unless().source()));
      return (handler.alongside() ? "Meanwhile, " : "Instead, ") + occasion + condition;
    }

    private List<Part> otherwise(String when, Step step, List<Step> steps) {
      return steps.isEmpty()
          ? List.of()
          : List.of(new Part(when, "", share(step.id() + ".else", step.id()), steps(steps)));
    }

    /// `88 %` of those that came to a step went this way.
    private String share(String way, String step) {
      Figures.Figure figure = figures == null ? null : figures.steps().get(step);
      if (figures == null || figure == null || figure.visits() == 0) {
        return "";
      }
      long taken = figures.ways().getOrDefault(way, 0L);
      long percent = Math.min(100, Math.round(100.0 * taken / figure.visits()));
      return taken > 0 && percent == 0 ? "below 1 %" : percent + " %";
    }

    /// What rarely happens is told only when it has.
    private String shareIfAny(String way, String step) {
      return figures == null || figures.ways().getOrDefault(way, 0L) == 0 ? "" : share(way, step);
    }

    private @Nullable Measure measure(Step step) {
      if (figures == null || step instanceof EndStep) {
        return null;
      }
      Figures.Figure figure = figures.steps().get(step.id());
      if (figure == null) {
        return new Measure("", 0, false, "never");
      }
      Duration median = figure.median();
      Duration longest = figures.longest();
      String volume =
          "%,d×%s"
              .formatted(
                  figure.visits(),
                  figure.skipped() == 0 ? "" : ", %,d skipped".formatted(figure.skipped()));
      if (median == null || longest == null || median.compareTo(Figures.LEAST) < 0) {
        return new Measure("", 0, false, volume);
      }
      boolean isBlock = figures.isBlock(step.id());
      return new Measure(
          Figures.words(median),
          isBlock ? 0 : (int) Math.max(3, BAR * median.toMillis() / longest.toMillis()),
          !isBlock && median.equals(longest),
          volume);
    }

    private static String rules(DecideStep.Table table) {
      return "%d rule%s, the %s"
          .formatted(
              table.rules().size(),
              table.rules().size() == 1 ? "" : "s",
              table.hit() == DecideStep.Table.Hit.FIRST ? "first that holds" : "one that holds");
    }

    private static String asked(DoStep step) {
      return Stream.of(
              Assignees.inWords(step.by()),
              step.within() == null ? "" : "within " + Plain.span(step.within()),
              counted(step.checklist().size(), "check"),
              counted(step.form().size(), "answer"))
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(" · "));
    }

    private static String counted(int count, String what) {
      return count == 0 ? "" : count == 1 ? "1 " + what : "%d %ss".formatted(count, what);
    }

    private static String waits(WaitStep step) {
      return step.events().isEmpty()
          ? Plain.pause(step)
          : "%s for “%s”".formatted(Plain.patience(step), Plain.anyOf(step.events()));
    }

    private static String sentence(String words) {
      return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
  }
}
