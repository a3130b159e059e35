package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("thank-for-feedback")
class ThankForFeedbackTest {
  private static final String THANK = "Thank the customer";

  @Test
  void praise_reaches_whoever_earned_it(Story story) {
    given(story)
        .does("responsible", THANK, "said", "praise")
        .does("responsible", "Tell whoever was praised")
        .product("ticket.close thanked")
        .ends("thanked");
  }

  @Test
  void an_idea_reaches_whoever_can_change_something(Story story) {
    given(story)
        .does("responsible", THANK, "said", "idea")
        .does("responsible", "Pass it on to whoever can change it")
        .product("ticket.close thanked")
        .ends("thanked");
  }

  @Test
  void what_was_closed_in_passing_is_over(Story story) {
    given(story).happens("ticket.closed", "outcome", "duplicate").ends("closed");
  }

  private static Story given(Story story) {
    return story.starts().product("ticket.update");
  }
}
