package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("failed-attempts")
class FailedAttemptsTest {
  @Test
  void three_failed_attempts_are_enough(Story story) {
    counted(story, 3).called("escalate", "taken-over").ends("escalated");
  }

  @Test
  void fresh_eyes_help(Story story) {
    tried(story, "helped").ends("solved");
  }

  @Test
  void an_attempt_that_fails_at_once_is_escalated(Story story) {
    tried(story, "failed").called("escalate", "taken-over").ends("escalated");
  }

  @Test
  void the_customer_says_later_that_it_is_solved(Story story) {
    tried(story, "not-known-yet")
        .happens("ticket.customer-replied")
        .does("responsible", "Judge from the answer whether the issue is solved", "solved", true)
        .ends("solved");
  }

  @Test
  void the_customer_says_later_that_it_is_not(Story story) {
    tried(story, "not-known-yet")
        .days(2)
        .called("customer-went-dark", "answered")
        .does("responsible", "Judge from the answer whether the issue is solved", "solved", false)
        .called("escalate", "taken-over")
        .ends("escalated");
  }

  @Test
  void a_customer_who_went_dark_is_told_that_we_close(Story story) {
    tried(story, "not-known-yet")
        .days(2)
        .called("customer-went-dark", "silent")
        .product("message.send closed-after-silence", "ticket.close silent")
        .ends("silent");
  }

  private static Story counted(Story story, long attempts) {
    return story
        .starts()
        .does(
            "responsible",
            "Count the attempts that failed",
            "attempts",
            attempts,
            "what_was_tried",
            "A new pole, which was too long.");
  }

  private static Story tried(Story story, String helped) {
    return counted(story, 2)
        .does("responsible", "Ask a colleague to look at it")
        .does("responsible", "Make the next attempt", "helped", helped);
  }
}
