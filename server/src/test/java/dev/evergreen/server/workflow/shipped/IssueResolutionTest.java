package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("issue-resolution")
class IssueResolutionTest {
  private static final String ANSWER = "Answer the customer";
  private static final String JUDGE = "Judge from the reply whether the issue is solved";
  private static final String FOLLOW_UP = "Follow up as promised";

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
    unclear(story)
        .days(3)
        .product("message.send closed-without-details", "ticket.close no-details")
        .ends("no-details");
  }

  @Test
  void details_that_come_are_worked_with(Story story) {
    confirmed(answered(unclear(story).happens("ticket.customer-replied")))
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

  @Test
  void the_category_decides_on_the_team_when_nobody_has_taken_it(Story story) {
    read(story, "technical", true)
        .product("ticket.update normal", "ticket.assign technical")
        .waitsFor(ANSWER);
  }

  @Test
  void refunds_go_to_those_who_know_returns(Story story) {
    read(story, "refund", true).product("ticket.update normal", "ticket.assign returns");
    handedOver(story, "returns");
  }

  @Test
  void a_desk_without_such_a_team_goes_on(Story story) {
    read(story.cannot("ticket.assign"), "technical", true)
        .product("ticket.update normal")
        .waitsFor(ANSWER);
  }

  @Test
  void a_desk_without_a_returns_team_goes_on(Story story) {
    read(story.cannot("ticket.assign"), "refund", true)
        .product("ticket.update normal")
        .waitsFor(ANSWER);
  }

  @Test
  void technical_experts_take_over_what_was_tried(Story story) {
    read(story.ticketHas("assigned", true), "technical", true).product("ticket.update normal");
    handedOver(story, "technical");
  }

  @Test
  void what_nobody_else_can_answer_goes_to_the_leads(Story story) {
    handedOver(understood(story), "leads");
  }

  @Test
  void a_promised_day_is_kept(Story story) {
    promised(story)
        .days(6)
        .waitsFor()
        .days(1)
        .does("responsible", FOLLOW_UP, "solved", true)
        .product("message.send thank-you", "ticket.close resolved");
  }

  @Test
  void a_promised_day_is_kept_when_nothing_is_new(Story story) {
    promised(story).days(7).does("responsible", FOLLOW_UP, "solved", false).waitsFor(ANSWER);
  }

  @Test
  void a_customer_who_writes_before_the_promised_day_is_not_kept_waiting(Story story) {
    promised(story).happens("ticket.customer-replied").waitsFor(FOLLOW_UP);
  }

  @Test
  void what_will_not_be_done_is_said_and_not_followed_up(Story story) {
    understood(story)
        .does("responsible", ANSWER, "answer_is", "not-to-be-done")
        .does("responsible", "Check that the customer knows why")
        .product("ticket.close not-to-be-done")
        .days(1)
        .product("survey.send");
  }

  @Test
  void what_is_closed_by_hand_asks_nobody_any_more(Story story) {
    understood(story)
        .ticketHas("status", "closed")
        .happens("ticket.closed", "outcome", "duplicate")
        .waitsFor()
        .days(1)
        .product("survey.send");
  }

  @Test
  void feedback_is_thanked_for_and_asks_nothing_more(Story story) {
    read(story, "feedback", true)
        .product("ticket.update normal")
        .called("thank-for-feedback", "thanked")
        .ends("thanked");
  }

  @Test
  void spam_is_closed_unread(Story story) {
    story
        .starts()
        .product("message.send acknowledge")
        .happens("ticket.closed", "outcome", "spam")
        .ends("closed-unread");
  }

  @Test
  void what_is_closed_before_the_details_came_is_over(Story story) {
    unclear(story).happens("ticket.closed", "outcome", "duplicate").ends("closed-before-details");
  }

  private static Story read(Story story, String category, boolean enough) {
    return story
        .starts()
        .product("message.send acknowledge")
        .does(
            "frontline",
            "Read the ticket",
            "category",
            category,
            "priority",
            "normal",
            "enough_information",
            enough);
  }

  private static Story understood(Story story) {
    return read(story, "simple", true).product("ticket.update normal");
  }

  private static Story unclear(Story story) {
    return read(story, "simple", false)
        .product("ticket.update normal", "message.send ask-for-details");
  }

  private static Story answered(Story story) {
    return story.does("responsible", ANSWER).product("ticket.update offered");
  }

  private static Story confirmed(Story story) {
    return story
        .ticketHas("solution", "confirmed")
        .happens("ticket.solution-confirmed")
        .product("message.send thank-you", "ticket.close resolved");
  }

  private static void handedOver(Story story, String team) {
    story
        .does("responsible", ANSWER, "answer_is", "needs-an-expert")
        .does("responsible", "Document what was tried")
        .product("ticket.assign " + team, "message.send escalated")
        .waitsFor(ANSWER);
    confirmed(answered(story));
  }

  private static Story promised(Story story) {
    return understood(story)
        .does("responsible", ANSWER, "answer_is", "promised-for-later")
        .does("responsible", "Promise a day", "follow_up", story.in(Duration.ofDays(7)))
        .waitsFor();
  }
}
