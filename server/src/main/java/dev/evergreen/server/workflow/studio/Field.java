package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.workflow.studio.StepForm.Answer;
import java.util.List;

/// One thing that is filled in about a step, by the way in which it is.
public sealed interface Field {
  Label label();

  /// @param name of the parameter that it is sent as: the key in the text, or `with.template`
  /// @param hint a short sentence; empty where none is needed
  record Label(String name, String text, String hint) {
    static Label of(String name, String text) {
      return new Label(name, text, "");
    }

    public String id() {
      return "in-" + name.replaceAll("[^a-z0-9]+", "-");
    }
  }

  record Option(String value, String label) {}

  /// @param suggestions what may be wanted; anything else may be written, too
  record Line(Label label, String value, List<Option> suggestions) implements Field {
    public Line {
      suggestions = List.copyOf(suggestions);
    }
  }

  record Prose(Label label, String value) implements Field {}

  /// One text a line.
  record Lines(Label label, List<String> values) implements Field {
    public Lines {
      values = List.copyOf(values);
    }
  }

  record Choice(Label label, String value, List<Option> options) implements Field {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /// Any of several.
  record Choices(Label label, List<String> values, List<Option> options) implements Field {
    public Choices {
      values = List.copyOf(values);
      options = List.copyOf(options);
    }
  }

  /// @param value what the text says when it is on
  record Check(Label label, boolean on, String value) implements Field {}

  /// What a person fills in, or what a run remembers: rows of label, type and choices.
  record Answers(Label label, List<Answer> rows) implements Field {
    public Answers {
      rows = List.copyOf(rows);
    }
  }

  /// Names with a text each.
  ///
  /// @param columns what the name is and what the text is, for whoever does not see the rows
  record Pairs(Label label, Columns columns, List<Pair> rows, Suggestions suggestions)
      implements Field {
    public Pairs {
      rows = List.copyOf(rows);
    }

    public record Columns(String name, String text) {}

    /// What may be wanted; anything else may be written, too.
    public record Suggestions(List<Option> names, List<Option> texts) {
      public Suggestions {
        names = List.copyOf(names);
        texts = List.copyOf(texts);
      }

      static Suggestions ofNames(List<Option> names) {
        return new Suggestions(names, List.of());
      }
    }

    public record Pair(String name, String text) {}
  }

  /// In which case.
  record When(Label label, ConditionForm condition) implements Field {}

  /// What starts a workflow.
  ///
  /// @param manner `events`, `by hand` or `by call`
  record Starts(Label label, String manner, List<Start> rows, List<Option> events)
      implements Field {
    public Starts {
      rows = List.copyOf(rows);
      events = List.copyOf(events);
    }

    /// @param event empty in a new row
    public record Start(String event, ConditionForm condition) {}
  }

  /// The rules of a decision table.
  record Rules(Label label, RuleTable table) implements Field {}
}
