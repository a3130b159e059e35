package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("sales-process")
class SalesProcessTest {
  @Test
  void an_offer_becomes_a_contract(Story story) {
    offered(qualified(story, true, true, true, true), false)
        .happens("ticket.customer-replied")
        .does("sales", "Negotiate the open points", "agreed", true)
        .does("sales", "File the contract")
        .does("sales", "Introduce the customer to support")
        .ends("won");
  }

  @Test
  void terms_off_the_list_are_approved(Story story) {
    approved(qualified(story, true, true, true, true), true)
        .does("sales", "Present the offer")
        .days(14)
        .called("customer-went-dark", "answered")
        .does("sales", "Negotiate the open points", "agreed", false)
        .does("sales", "Ask what decided it")
        .ends("lost");
  }

  @Test
  void terms_that_are_not_approved_are_corrected(Story story) {
    var introduced =
        qualified(story, true, false, true, true)
            .does("sales", "Ask to be introduced to whoever decides");
    approved(introduced, false)
        .does("sales", "Correct the offer")
        .does("sales", "Present the offer")
        .days(14)
        .called("customer-went-dark", "silent")
        .product("ticket.close silent")
        .ends("silent");
  }

  @Test
  void who_needs_something_else_gets_a_name(Story story) {
    qualified(story, false, true, true, true)
        .does("sales", "Recommend somebody who has it")
        .ends("not-ours");
  }

  @Test
  void who_has_time_is_called_again(Story story) {
    qualified(story, true, true, true, false)
        .does("sales", "Agree on when to talk again")
        .ends("later");
  }

  private static Story qualified(
      Story story, boolean need, boolean decides, boolean budget, boolean soon) {
    return story
        .starts()
        .does("sales", "Answer the inquiry")
        .does(
            "sales",
            "Qualify the inquiry",
            "need",
            need,
            "decides",
            decides,
            "budget",
            budget,
            "soon",
            soon);
  }

  private static Story offered(Story story, boolean offList) {
    return story
        .does("sales", "Prepare the offer", "off_list", offList)
        .does("sales", "Present the offer");
  }

  private static Story approved(Story story, boolean approved) {
    return story
        .does("sales", "Prepare the offer", "off_list", true)
        .does("leads", "Approve the terms", "approved", approved);
  }
}
