package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("project-review")
class ProjectReviewTest {
  @Test
  void what_was_missed_becomes_a_rule(Story story) {
    heard(story, "some")
        .does("responsible", "Find the cause of what was missed")
        .does("responsible", "Write the lessons", "lessons", 2L)
        .does("operations", "Change the SOPs that it touches")
        .does("responsible", "Present the review")
        .ends("reviewed");
  }

  @Test
  void what_went_well_is_told(Story story) {
    heard(story, "all")
        .does("responsible", "Write the lessons", "lessons", 0L)
        .does("responsible", "Present the review")
        .ends("reviewed");
  }

  private static Story heard(Story story, String reached) {
    return story
        .starts()
        .does("responsible", "Compare the outcome with the goals", "outcome_reached", reached)
        .does("responsible", "Ask the team what they would do differently")
        .does("responsible", "Ask the customer what they would do differently");
  }
}
