package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("technician-visit")
class TechnicianVisitTest {
  @Test
  void solved_from_afar_and_stable(Story story) {
    var tried =
        found(story, "device")
            .does("frontline", LIST, "try_from_afar", true)
            .does("frontline", TRY, "online", false)
            .does("frontline", TRY, "online", true)
            .product("message.send connection-restored")
            .days(3)
            .does("frontline", STABLE, "stable", true)
            .product("survey.send");
    recorded(tried, false);
  }

  @Test
  void a_visit_after_three_tries_and_a_customer_who_writes_meanwhile(Story story) {
    var tried =
        found(story, "unclear")
            .does("leads", "Consult the supervisor")
            .does("frontline", LIST, "try_from_afar", true);
    for (int round = 0; round < 3; round++) {
      tried.does("frontline", TRY, "online", false);
    }
    visited(tried, true, "done")
        .product("message.send connection-restored")
        .happens("ticket.customer-replied");
    recorded(tried, true);
  }

  @Test
  void visits_that_do_not_help_are_escalated(Story story) {
    var listed =
        found(story, "network")
            .does("technical", "Report the disturbance to the network")
            .does("frontline", LIST, "try_from_afar", false);
    visited(listed, false, "nobody-there").product("message.send nobody-there");
    visited(listed, false, "came-too-late").does("leads", "Apologize for being late");
    visited(listed, false, "done").called("escalate", "taken-over").ends("escalated");
  }

  @Test
  void a_visit_that_is_not_made_in_time_is_asked_about_and_an_unstable_line_escalated(Story story) {
    prepared(found(story, "line").does("frontline", LIST, "try_from_afar", false))
        .days(1)
        .does("leads", "Check that the visit takes place")
        .does("field-service", "Visit the customer", "online", true, "visit", "done")
        .product("message.send connection-restored")
        .days(3)
        .does("frontline", STABLE, "stable", false)
        .called("escalate", "taken-over")
        .ends("unstable");
  }

  @Test
  void who_is_not_ours_hears_who_can_help(Story story) {
    story
        .starts()
        .does("frontline", "Greet the customer")
        .does("frontline", "Identify the connection", "identified", false)
        .does("frontline", "Explain who can help")
        .ends("not-ours");
  }

  private static final String LIST = "List the ways to solve it";
  private static final String TRY = "Guide the customer through one try";
  private static final String STABLE = "Ask whether the connection is stable";

  private static Story found(Story story, String cause) {
    return story
        .starts()
        .does("frontline", "Greet the customer")
        .does("frontline", "Identify the connection", "identified", true)
        .does(
            "frontline",
            "Listen to what happens",
            "symptom",
            "nothing-works",
            "since_when",
            "Since the storm")
        .does("frontline", "Find the root cause", "cause", cause);
  }

  private static Story prepared(Story story) {
    return story
        .waitsFor("Book the appointment", "Pack the parts")
        .does("warehouse", "Pack the parts")
        .does("field-service", "Book the appointment", "appointment", story.in(Duration.ofDays(3)))
        .does("frontline", "Confirm the appointment")
        .waitsFor()
        .days(3);
  }

  private static Story visited(Story story, boolean online, String visit) {
    return prepared(story)
        .does("field-service", "Visit the customer", "online", online, "visit", visit);
  }

  private static void recorded(Story story, boolean repeated) {
    story.does("technical", "Record the root cause", "repeated", repeated);
    if (repeated) {
      story.does("leads", "Propose the improvement");
    }
    story.product("ticket.close resolved").ends("restored");
  }
}
