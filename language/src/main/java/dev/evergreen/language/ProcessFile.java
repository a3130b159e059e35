package dev.evergreen.language;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The goal-level thing: a purpose, goals and standards, and the workflows that serve it.
///
/// @param text the file as it was read
public record ProcessFile(
    String name,
    String title,
    String purpose,
    String owner,
    Aims aims,
    Profile.Review review,
    String text) {

  /// @param standards what always holds
  /// @param workflows names, each of a workflow that says that it serves this process
  public record Aims(List<Goal> goals, List<String> standards, List<String> workflows) {
    public Aims {
      goals = List.copyOf(goals);
      standards = List.copyOf(standards);
      workflows = List.copyOf(workflows);
    }
  }

  /// What is to be reached; what the file does not say is empty.
  ///
  /// @param measure what is measured
  /// @param baseline what it was when the goal was set
  /// @param target what it is to be
  public record Goal(
      String goal, String measure, String baseline, String target, @Nullable LocalDate by) {}
}
