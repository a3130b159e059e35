package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to do next about a subject: what a person is asked, or else what the workflows wait for.
///
/// @param more how many other steps are open beside the one that is shown
public record NextStep(@Nullable Ask ask, int more, List<Standing> standing) {
  public static final NextStep NOTHING = new NextStep(null, 0, List.of());

  public NextStep {
    standing = List.copyOf(standing);
  }

  public boolean isEmpty() {
    return ask == null && standing.isEmpty();
  }

  /// One step that a person is asked to do.
  ///
  /// @param instructions safe HTML; empty when the title says it all
  /// @param problem a sentence about what was just sent; empty when nothing is wrong
  public record Ask(Heading heading, String instructions, Form form, String problem) {}

  /// @param askedOf `you`, a person's name, a team's name, or empty when it is anybody's
  public record Heading(
      TaskId task, String workflow, String title, String askedOf, @Nullable Instant dueAt) {}

  public record Form(List<Check> checklist, List<Field> fields) {
    public Form {
      checklist = List.copyOf(checklist);
      fields = List.copyOf(fields);
    }
  }

  /// One item of the checklist.
  ///
  /// @param isChecked as it was sent last, when something was wrong
  /// @param error a sentence; empty when nothing is wrong
  public record Check(String name, String words, boolean isChecked, String error) {}

  /// One thing to fill in.
  ///
  /// @param value as it was sent last, when that was wrong
  /// @param error a sentence; empty when nothing is wrong
  public record Field(
      String name,
      String label,
      Control control,
      List<String> options,
      boolean required,
      String value,
      String error) {
    public Field {
      options = List.copyOf(options);
    }

    /// A field as it is to be filled in, or again.
    public static Field of(DoStep.Field field, String value, String error) {
      return new Field(
          field.name(),
          field.label(),
          Control.of(field.type()),
          field.type() instanceof ValueType.Choice choice ? choice.options() : List.of(),
          field.required(),
          value,
          error);
    }

    public String id() {
      return "answer-" + name.replace('.', '-');
    }

    /// An option as people read it: `enough_information` is “enough information”.
    public static String words(String option) {
      return option.replace('_', ' ').replace('-', ' ');
    }
  }

  /// How a field is filled in.
  public enum Control {
    TEXT("text"),
    YES_OR_NO(""),
    WHOLE("number"),
    DECIMAL("text"),
    MOMENT("datetime-local"),
    CHOICE("");

    private final String inputType;

    Control(String inputType) {
      this.inputType = inputType;
    }

    static Control of(ValueType type) {
      return switch (type) {
        case ValueType.Text _ -> TEXT;
        case ValueType.Flag _ -> YES_OR_NO;
        case ValueType.Whole _ -> WHOLE;
        case ValueType.Decimal _ -> DECIMAL;
        case ValueType.Moment _ -> MOMENT;
        case ValueType.Choice _ -> CHOICE;
      };
    }

    /// The type of the `input` element; empty where it is not one.
    public String inputType() {
      return inputType;
    }
  }

  /// A run that asks nobody at present.
  ///
  /// @param fault whether it is stopped until somebody mends it
  public record Standing(
      RunId run, String workflow, String words, @Nullable Instant until, boolean fault) {}
}
