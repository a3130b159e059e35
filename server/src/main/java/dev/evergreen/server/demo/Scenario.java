package dev.evergreen.server.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What customers of the demo shop write about: the texts of one kind of request from both sides.
record Scenario(String key, int weight, Labels labels, Opening opening, Course course) {

  /// What the agent who reads it chooses, and who writes so: only companies, people in anger.
  record Labels(String category, String priority, boolean business, boolean angry) {}

  /// The first mail: one of each list is taken.
  record Opening(
      List<String> subjects, List<String> bodies, List<String> products, boolean picture) {}

  /// How it goes on: what the first mail lacks, an answer, a second round.
  record Course(
      List<String> answers,
      @Nullable String ask,
      @Nullable String details,
      @Nullable String again,
      @Nullable String second) {}

  boolean lacksDetails() {
    return course.details() != null;
  }
}
