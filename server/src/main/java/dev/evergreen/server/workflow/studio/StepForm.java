package dev.evergreen.server.workflow.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one step is filled in.
///
/// @param what the kind of step, as people call it
/// @param more what most steps of the kind do without
/// @param branches the conditions or names of its branches; empty unless it has some
/// @param branching whether it can have more of them
public record StepForm(
    String what, List<Field> fields, List<Field> more, List<Branch> branches, boolean branching) {
  public StepForm {
    fields = List.copyOf(fields);
    more = List.copyOf(more);
    branches = List.copyOf(branches);
  }

  /// @param number of the branch, from 0
  /// @param key under which its steps stand
  /// @param words its name, or its formula
  /// @param condition null for a branch that only has a name
  public record Branch(int number, String key, String words, @Nullable ConditionForm condition) {
    public String name() {
      return "branch." + number;
    }
  }

  /// One row of what a person fills in.
  ///
  /// @param name of the run data; empty in a new row
  /// @param choices with commas
  public record Answer(String name, String label, String type, String choices, boolean optional) {}
}
