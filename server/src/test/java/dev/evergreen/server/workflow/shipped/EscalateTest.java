package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("escalate")
class EscalateTest {
  @Test
  void a_minor_case_goes_to_the_technical_team_and_comes_back(Story story) {
    assessed(story, "minor", "standard")
        .product("ticket.update high", "message.send escalated", "ticket.assign technical")
        .does("technical", "Solve the hard part", "hand_back", true)
        .product("ticket.assign frontline")
        .ends("handed-back");
  }

  @Test
  void a_case_that_the_technical_team_does_not_reach_is_given_to_somebody(Story story) {
    assessed(story, "minor", "valued")
        .days(1)
        .waitsFor("Solve the hard part", "Find somebody who takes the case")
        .does("leads", "Find somebody who takes the case")
        .does("technical", "Solve the hard part", "hand_back", false)
        .product("ticket.update high", "message.send escalated", "ticket.assign technical")
        .ends("taken-over");
  }

  @Test
  void a_minor_case_under_contract_goes_to_the_leads(Story story) {
    assessed(story, "minor", "contract")
        .product("ticket.update high", "message.send escalated", "ticket.assign leads")
        .does("leads", "Decide what we do for the customer", "hand_back", false)
        .ends("taken-over");
  }

  @Test
  void the_management_stands_in_for_a_lead(Story story) {
    assessed(story, "serious", "standard")
        .passes(Duration.ofHours(4))
        .does("management", "Take the place of the lead")
        .does("leads", "Decide what we do for the customer", "hand_back", true)
        .product(
            "ticket.update high",
            "message.send escalated",
            "ticket.assign leads",
            "ticket.assign frontline")
        .ends("handed-back");
  }

  @Test
  void a_serious_case_under_contract_goes_to_the_management(Story story) {
    assessed(story, "serious", "contract")
        .product("ticket.update urgent", "message.send escalated", "ticket.assign management")
        .does("management", "Call the customer", "hand_back", false)
        .ends("taken-over");
  }

  @Test
  void a_critical_case_goes_to_the_management_whoever_it_is(Story story) {
    assessed(story, "critical", "standard")
        .product("ticket.update urgent", "message.send escalated", "ticket.assign management")
        .does("management", "Call the customer", "hand_back", true)
        .product("ticket.assign frontline")
        .ends("handed-back");
  }

  private static Story assessed(Story story, String severity, String tier) {
    return story
        .starts()
        .does("responsible", "Assess how bad it is", "severity", severity, "tier", tier);
  }
}
