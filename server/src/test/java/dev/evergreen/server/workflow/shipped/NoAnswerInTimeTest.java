package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("no-answer-in-time")
class NoAnswerInTimeTest {
  private static final String GIVE = "Give the ticket to somebody who answers now";

  @Test
  void an_answer_in_time_ends_it(Story story) {
    story.starts().passes(Duration.ofHours(6)).happens("ticket.agent-replied").ends("answered");
  }

  @Test
  void a_lead_gives_a_late_ticket_to_somebody(Story story) {
    late(story).does("leads", GIVE).ends("answered");
  }

  @Test
  void an_answer_takes_it_off_the_leads(Story story) {
    late(story).happens("ticket.agent-replied").ends("answered-late");
  }

  @Test
  void the_management_hears_when_no_lead_comes_to_it(Story story) {
    late(story)
        .passes(Duration.ofHours(2))
        .waitsFor(GIVE, "Ask the leads what they need")
        .does("management", "Ask the leads what they need")
        .happens("ticket.closed")
        .ends("answered-late");
  }

  private static Story late(Story story) {
    return story.starts().passes(Duration.ofHours(24)).product("ticket.update high").waitsFor(GIVE);
  }
}
