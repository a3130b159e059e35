package dev.evergreen.server.workflow.studio;

import java.util.List;

/// How one step is filled in.
///
/// @param what the kind of step, as people call it
/// @param branches the conditions or names of its branches; empty unless it has some
public record StepForm(String what, List<Field> fields, List<Branch> branches, boolean branching) {
  public StepForm {
    fields = List.copyOf(fields);
    branches = List.copyOf(branches);
  }

  public enum Control {
    LINE,
    PROSE,
    /// One text a line.
    LIST,
    CHOICE,
    /// Any of several.
    CHOICES,
    CHECK,
    /// What a person fills in: rows of label, type and choices.
    ANSWERS
  }

  /// @param name of the parameter that it is sent as: the key, or `with.template`
  /// @param value texts; one, unless the control takes several
  public record Field(
      String name,
      String label,
      Control control,
      List<String> value,
      List<Option> options,
      String hint) {
    public Field {
      value = List.copyOf(value);
      options = List.copyOf(options);
    }

    public String first() {
      return value.isEmpty() ? "" : value.getFirst();
    }

    public String id() {
      return "in-" + name.replaceAll("[^a-z0-9]+", "-");
    }
  }

  public record Option(String value, String label) {}

  /// @param number of the branch, from 0
  /// @param key under which its steps stand
  public record Branch(int number, String key, String words) {}

  /// One row of what a person fills in.
  ///
  /// @param name of the run data; empty in a new row
  /// @param choices with commas
  public record Answer(String name, String label, String type, String choices, boolean optional) {
    static final String SEPARATOR = "\u001f";

    /// As one text, for a field's values.
    String packed() {
      return String.join(SEPARATOR, name, label, type, choices, optional ? "optional" : "");
    }

    public static Answer of(String packed) {
      String[] parts = packed.split(SEPARATOR, -1);
      return new Answer(parts[0], parts[1], parts[2], parts[3], parts[4].equals("optional"));
    }
  }
}
