package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("follow-up-in-48-hours")
class FollowUpIn48HoursTest {
  @Test
  void who_is_well_is_thanked_and_asked_for_a_score(Story story) {
    asked(story, "well").product("message.send glad-it-works", "survey.send").ends("well");
  }

  @Test
  void what_did_not_last_is_opened_again(Story story) {
    asked(story, "badly")
        .does("responsible", "Reopen the ticket")
        .does("leads", "Find out why the solution did not last")
        .ends("came-back");
  }

  @Test
  void who_is_not_reached_is_asked_in_writing(Story story) {
    asked(story, "not-reached")
        .product("message.send how-is-it-going")
        .happens("ticket.customer-replied")
        .does("responsible", "Read the answer")
        .ends("answered");
  }

  @Test
  void silence_is_an_answer_too(Story story) {
    asked(story, "not-reached").product("message.send how-is-it-going").days(5).ends("not-reached");
  }

  private static Story asked(Story story, String going) {
    return story
        .starts()
        .waitsFor()
        .days(1)
        .does("responsible", "Ask how it is going", "going", going);
  }
}
