package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("call-center-contact")
class CallCenterContactTest {
  @Test
  void a_call_that_is_solved_at_once_and_stays_so(Story story) {
    understood(greeted(story, false), "solve-now")
        .does("responsible", "Solve it with the caller")
        .does("responsible", "Ask whether everything is solved", "solved", true)
        .does("responsible", "Thank the caller for their patience")
        .product("ticket.update confirmed", "ticket.close resolved")
        .days(1)
        .product("survey.send")
        .ends("closed");
  }

  @Test
  void a_caller_who_is_verified_and_introduced_to_an_expert(Story story) {
    understood(
            greeted(story, true).does("responsible", "Verify the caller", "verified", true),
            "somebody-else")
        .does("responsible", "Introduce the caller to the expert")
        .product("ticket.assign technical")
        .does("technical", "Solve it as the expert")
        .does("responsible", "Ask whether everything is solved", "solved", false)
        .does("responsible", "Help with what is left")
        .does("responsible", "Ask whether everything is solved", "solved", true)
        .does("responsible", "Thank the caller for their patience")
        .product("ticket.update confirmed", "ticket.close resolved")
        .happens("ticket.reopened")
        .ends("came-back");
  }

  @Test
  void a_caller_who_cannot_prove_who_they_are(Story story) {
    var asked = greeted(story, true);
    for (int round = 0; round < 3; round++) {
      asked.does("responsible", "Verify the caller", "verified", false);
    }
    asked.does("responsible", "Offer another way to prove it").ends("not-verified");
  }

  @Test
  void what_takes_longer_is_called_back_about_and_at_last_escalated(Story story) {
    var called =
        understood(greeted(story, false), "later")
            .does(
                "responsible",
                "Promise a day and an hour",
                "call_back",
                story.in(Duration.ofHours(30)))
            .waitsFor()
            .passes(Duration.ofHours(30))
            .does("responsible", "Call back as promised");
    for (int round = 0; round < 3; round++) {
      called
          .does("responsible", "Ask whether everything is solved", "solved", false)
          .does("responsible", "Help with what is left");
    }
    called.called("escalate", "taken-over").ends("escalated");
  }

  private static Story greeted(Story story, boolean privateMatter) {
    return story
        .starts()
        .does("responsible", "Greet the caller")
        .does(
            "responsible",
            "Ask what they need",
            "need",
            "A new pole before the weekend",
            "private_matter",
            privateMatter);
  }

  private static Story understood(Story story, String way) {
    return story.does("responsible", "Find what would solve it", "way", way);
  }
}
