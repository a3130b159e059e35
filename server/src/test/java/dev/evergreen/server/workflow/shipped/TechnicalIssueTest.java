package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("technical-issue")
class TechnicalIssueTest {
  private static final String PROMISE = "Promise a day on which the customer hears more";
  private static final String TELL = "Tell the customer what the makers say";

  @Test
  void what_stops_everybody_begins_at_once_and_is_mended(Story story) {
    documented(story, "everybody", "hardly")
        .product(
            "ticket.update urgent", "ticket.assign technical", "message.send technical-escalation")
        .does("technical", "Begin at once")
        .does("technical", "Reproduce the problem", "reproduced", true)
        .does("technical", "Find the cause", "result", "mended")
        .does("technical", "Write down what mended it")
        .ends("mended");
  }

  @Test
  void a_way_around_is_explained_and_silence_avoided(Story story) {
    documented(story, "one-customer", "no")
        .product(
            "ticket.update high", "ticket.assign technical", "message.send technical-escalation")
        .does("technical", "Reproduce the problem", "reproduced", true)
        .days(1)
        .does("responsible", "Tell the customer how far we are")
        .does("technical", "Find the cause", "result", "way-around")
        .does("responsible", "Explain the way around")
        .ends("way-around");
  }

  @Test
  void what_engineers_do_not_see_is_asked_about(Story story) {
    unseen(story)
        .happens("ticket.customer-replied")
        .does("technical", "Find the cause", "result", "product-must-change")
        .does("technical", "Report it to the makers of the product", "report_number", "TENT-7")
        .does("responsible", PROMISE, "hear_again", story.in(Duration.ofDays(10)))
        .waitsFor()
        .days(10)
        .does("responsible", TELL)
        .ends("with-the-makers");
  }

  @Test
  void who_writes_before_the_promised_day_hears_what_there_is(Story story) {
    unseen(story)
        .happens("ticket.customer-replied")
        .does("technical", "Find the cause", "result", "product-must-change")
        .does("technical", "Report it to the makers of the product", "report_number", "TENT-7")
        .does("responsible", PROMISE, "hear_again", story.in(Duration.ofDays(10)))
        .happens("ticket.customer-replied")
        .does("responsible", TELL)
        .ends("with-the-makers");
  }

  @Test
  void a_late_answer_is_not_too_late(Story story) {
    unseen(story)
        .days(3)
        .called("customer-went-dark", "answered")
        .does("technical", "Find the cause", "result", "mended")
        .does("technical", "Write down what mended it")
        .ends("mended");
  }

  @Test
  void without_details_we_close(Story story) {
    unseen(story)
        .days(3)
        .called("customer-went-dark", "silent")
        .product("message.send closed-without-details", "ticket.close no-details")
        .ends("no-details");
  }

  private static Story documented(Story story, String affected, String stopped) {
    return story
        .starts()
        .does("responsible", "Document the problem", "affected", affected, "stopped", stopped);
  }

  private static Story unseen(Story story) {
    return documented(story, "one-customer", "yes-with-a-way-around")
        .does("technical", "Reproduce the problem", "reproduced", false)
        .product(
            "ticket.update normal",
            "ticket.assign technical",
            "message.send technical-escalation",
            "message.send ask-for-technical-details");
  }
}
