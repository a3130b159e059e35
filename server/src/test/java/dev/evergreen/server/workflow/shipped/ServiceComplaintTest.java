package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("service-complaint")
class ServiceComplaintTest {
  @Test
  void waiting_too_long_is_looked_into(Story story) {
    found(story, "too-slow").does("leads", "Check who was there to answer");
    heard(story, "better").product("ticket.close complaint-heard").ends("heard");
  }

  @Test
  void a_wrong_tone_is_talked_about(Story story) {
    found(story, "wrong-tone").does("leads", "Talk with the colleague");
    heard(story, "not-reached").product("ticket.close complaint-heard").ends("heard");
  }

  @Test
  void a_broken_promise_corrects_the_rule(Story story) {
    found(story, "broken-promise").does("leads", "Correct the rule that led to it");
    heard(story, "not-better").called("customer-complaint", "settled").ends("went-on-as-complaint");
  }

  @Test
  void what_was_not_our_doing_is_explained(Story story) {
    found(story, "not-our-doing");
    heard(story, "better").product("ticket.close complaint-heard").ends("heard");
  }

  private static Story found(Story story, String cause) {
    return story
        .starts()
        .product("message.send complaint-acknowledged")
        .does("responsible", "Acknowledge what went wrong")
        .does("leads", "Find the cause", "cause", cause, "finding", "Two of four were ill.");
  }

  private static Story heard(Story story, String better) {
    return story
        .does("responsible", "Tell the customer what we found")
        .days(2)
        .does("responsible", "Ask whether it is better now", "better", better);
  }
}
