package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("client-follow-up")
class ClientFollowUpTest {
  @Test
  void a_good_score_is_followed_by_a_talk(Story story) {
    surveyed(story)
        .happens("feedback.survey-answered", "score", 5L)
        .days(60)
        .does("responsible", "Talk with the client about what comes next", "mood", "sure")
        .ends("content");
  }

  @Test
  void a_bad_score_is_called_about(Story story) {
    surveyed(story)
        .happens("feedback.survey-answered", "score", 2L)
        .does("leads", "Call the client about the score")
        .days(60)
        .does("responsible", "Talk with the client about what comes next", "mood", "leaving")
        .does("leads", "Ask what would have to change")
        .ends("leaving");
  }

  @Test
  void no_score_is_asked_about_in_person(Story story) {
    surveyed(story)
        .days(14)
        .does("responsible", "Ask in person")
        .days(60)
        .does("responsible", "Talk with the client about what comes next", "mood", "unsure")
        .does("responsible", "Offer one thing that helps them now")
        .ends("cared-for");
  }

  private static Story surveyed(Story story) {
    return story
        .starts()
        .product("message.send thank-you-for-your-trust")
        .days(7)
        .product("survey.send");
  }
}
