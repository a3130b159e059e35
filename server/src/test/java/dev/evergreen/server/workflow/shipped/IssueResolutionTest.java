package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("issue-resolution")
class IssueResolutionTest {
  private static final String JUDGE = "Judge from the reply whether the issue is solved";

  @Test
  void a_confirmed_answer_closes_and_is_followed_by_one_question(Story story) {
    confirmed(answered(understood(story)))
        .days(1)
        .product("survey.send")
        .happens("feedback.survey-answered", "score", 5L)
        .ends("closed");
  }

  @Test
  void silence_before_the_answer_closes_without_details(Story story) {
    read(story, false)
        .product("ticket.update normal", "message.send ask-for-details")
        .days(3)
        .product("message.send closed-without-details", "ticket.close no-details")
        .ends("no-details");
  }

  @Test
  void details_that_come_are_worked_with(Story story) {
    confirmed(
            answered(
                read(story, false)
                    .product("ticket.update normal", "message.send ask-for-details")
                    .happens("ticket.customer-replied")))
        .happens("ticket.reopened")
        .ends("closed");
  }

  @Test
  void silence_after_the_answer_is_asked_about_and_then_closes(Story story) {
    answered(understood(story))
        .days(2)
        .product("message.send is-it-solved")
        .days(5)
        .product("message.send closed-after-silence", "ticket.close silent")
        .days(1)
        .product("survey.send")
        .days(7)
        .ends("closed");
  }

  @Test
  void a_reply_after_the_reminder_is_judged(Story story) {
    answered(understood(story))
        .days(2)
        .product("message.send is-it-solved")
        .happens("ticket.customer-replied")
        .does("responsible", JUDGE, "solved", true)
        .product("message.send thank-you", "ticket.close resolved");
  }

  @Test
  void five_rounds_go_to_the_technical_team(Story story) {
    understood(story);
    for (int round = 0; round < 5; round++) {
      answered(story)
          .happens("ticket.customer-replied")
          .does("responsible", JUDGE, "solved", false);
    }
    story
        .product("ticket.assign technical")
        .does("technical", "Agree with the customer how to go on", "agreement", "workaround")
        .product("ticket.close workaround");
  }

  private static Story read(Story story, boolean enough) {
    return story
        .starts()
        .product("message.send acknowledge")
        .does(
            "frontline",
            "Read the ticket",
            "category",
            "technical",
            "priority",
            "normal",
            "enough_information",
            enough);
  }

  private static Story understood(Story story) {
    return read(story, true).product("ticket.update normal");
  }

  private static Story answered(Story story) {
    return story.does("responsible", "Answer the customer").product("ticket.update offered");
  }

  private static Story confirmed(Story story) {
    return story
        .ticketHas("solution", "confirmed")
        .happens("ticket.solution-confirmed")
        .product("message.send thank-you", "ticket.close resolved");
  }
}
