package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("return-and-refund")
class ReturnAndRefundTest {
  @Test
  void what_came_broken_is_paid_back(Story story) {
    told(complained(story, 400, "broken-on-arrival", false))
        .called("refund-approval", "paid")
        .does("returns", "Note what is wrong with the product", "seen_before", false)
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void what_is_unused_comes_back_within_thirty_days(Story story) {
    told(complained(story, 30, "unused", false))
        .called("refund-approval", "declined")
        .ends("declined");
  }

  @Test
  void what_broke_in_the_first_month_is_replaced(Story story) {
    told(complained(story, 12, "broken-in-use", false))
        .does("returns", "Send the replacement")
        .does("returns", "Note what is wrong with the product", "seen_before", true)
        .does("leads", "Propose what should change")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void what_broke_within_two_years_is_repaired(Story story) {
    told(complained(story, 730, "broken-in-use", false))
        .does("returns", "Repair the product")
        .does("returns", "Note what is wrong with the product", "seen_before", false)
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void what_was_used_for_a_few_days_is_paid_back_in_part(Story story) {
    told(complained(story, 9, "used", false))
        .called("refund-approval", "paid")
        .does("returns", "Note what is wrong with the product", "seen_before", false)
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void what_is_worn_out_is_explained(Story story) {
    told(complained(story, 900, "worn-out", false)).ends("not-eligible");
  }

  @Test
  void a_lead_decides_where_the_rules_end(Story story) {
    told(complained(story, 31, "unused", false)
            .does("leads", "Decide where the rules have no answer", "answer", "full-refund"))
        .called("refund-approval", "paid")
        .does("returns", "Note what is wrong with the product", "seen_before", false)
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  private static Story complained(Story story, long days, String condition, boolean misled) {
    return story
        .starts()
        .does("responsible", "Apologize for the trouble")
        .does(
            "responsible",
            "Find out what happened",
            "days_since_delivery",
            days,
            "condition",
            condition,
            "misled",
            misled);
  }

  private static Story told(Story story) {
    return story.does("responsible", "Tell the customer what they get");
  }
}
