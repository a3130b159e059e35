package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("refund-approval")
class RefundApprovalTest {
  @Test
  void an_agent_decides_on_small_sums(Story story) {
    isPaidOut(wanted(story, 50.0, false));
  }

  @Test
  void nobody_decides_on_what_the_law_gives(Story story) {
    isPaidOut(wanted(story, 900.0, true));
  }

  @Test
  void a_lead_decides_above_the_limit_of_an_agent(Story story) {
    isPaidOut(
        wanted(story, 50.01, false)
            .does(
                "leads",
                "Decide on the refund as a lead",
                "approved",
                true,
                "why",
                "It was late."));
  }

  @Test
  void who_is_declined_hears_what_we_can_do_instead(Story story) {
    isDeclined(
        wanted(story, 500.0, false)
            .does(
                "leads", "Decide on the refund as a lead", "approved", false, "why", "Worn out."));
  }

  @Test
  void finance_decides_when_no_lead_has_for_a_day(Story story) {
    isPaidOut(
        wanted(story, 200.0, false)
            .days(1)
            .waitsFor("Decide in place of the leads")
            .does(
                "finance", "Decide in place of the leads", "approved", true, "why", "It is fair."));
  }

  @Test
  void finance_decides_on_large_sums(Story story) {
    isDeclined(
        wanted(story, 500.01, false)
            .does(
                "finance",
                "Decide on the refund as finance",
                "approved",
                false,
                "why",
                "No proof."));
  }

  private static Story wanted(Story story, double amount, boolean legalRight) {
    return story
        .starts()
        .does(
            "responsible",
            "Write down what the customer should get",
            "remedy",
            "refund",
            "amount",
            amount,
            "legal_right",
            legalRight,
            "reason",
            "The tent came a week after the trip.");
  }

  private static void isPaidOut(Story story) {
    story
        .does("finance", "Pay it out", "payment_reference", "R-1")
        .product("message.send money-on-its-way")
        .ends("paid");
  }

  private static void isDeclined(Story story) {
    story.does("responsible", "Tell the customer what we can do instead").ends("declined");
  }
}
