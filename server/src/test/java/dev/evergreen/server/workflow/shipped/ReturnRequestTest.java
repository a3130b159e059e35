package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("return-request")
class ReturnRequestTest {
  @Test
  void a_refund_after_the_parcel_is_here(Story story) {
    possible(bought(story))
        .answers("refund")
        .product("message.send return-instructions")
        .does("returns", "Take in the parcel", "parcel", "as-described")
        .called("refund-approval", "paid")
        .product("ticket.close returned")
        .ends("returned");
  }

  @Test
  void a_replacement_after_the_parcel_is_here(Story story) {
    possible(bought(story))
        .answers("a smaller one, please")
        .answers("replacement")
        .does("returns", "Take in the parcel", "parcel", "as-described")
        .does("returns", "Send the replacement")
        .product(
            "message.send return-instructions",
            "message.send replacement-sent",
            "ticket.close returned")
        .ends("returned");
  }

  @Test
  void who_does_not_choose_gets_the_money(Story story) {
    possible(bought(story))
        .days(7)
        .does("responsible", "Choose for the customer", "wish", "refund")
        .product("message.send return-instructions")
        .does("returns", "Take in the parcel", "parcel", "as-described")
        .called("refund-approval", "declined")
        .ends("declined");
  }

  @Test
  void a_parcel_that_never_comes_closes_the_return(Story story) {
    possible(bought(story))
        .answers("refund")
        .does("returns", "Take in the parcel", "parcel", "never-came")
        .product(
            "message.send return-instructions",
            "message.send return-not-received",
            "ticket.close not-sent")
        .ends("not-sent");
  }

  @Test
  void a_parcel_that_is_not_as_described_is_decided_on(Story story) {
    possible(bought(story))
        .answers("refund")
        .product("message.send return-instructions")
        .does("returns", "Take in the parcel", "parcel", "damaged")
        .called("return-and-refund", "settled")
        .ends("decided-as-complaint");
  }

  @Test
  void what_cannot_come_back_as_it_is_is_decided_on(Story story) {
    bought(story)
        .does("responsible", "Check that the return is possible", "possible", false)
        .called("return-and-refund", "not-eligible")
        .ends("decided-as-complaint");
  }

  @Test
  void a_proof_is_as_good_as_an_order(Story story) {
    unknown(story)
        .happens("ticket.customer-replied")
        .does("responsible", "Check the proof", "proven", true)
        .does("responsible", "Check that the return is possible", "possible", false)
        .called("return-and-refund", "settled")
        .ends("decided-as-complaint");
  }

  @Test
  void what_was_bought_elsewhere_is_not_taken_back(Story story) {
    unknown(story)
        .days(3)
        .called("customer-went-dark", "answered")
        .does("responsible", "Check the proof", "proven", false)
        .does("responsible", "Explain why we cannot take it back")
        .product("ticket.close not-bought-here")
        .ends("not-bought-here");
  }

  @Test
  void who_sends_no_proof_is_told_that_we_close(Story story) {
    unknown(story)
        .days(3)
        .called("customer-went-dark", "silent")
        .product("message.send closed-without-details", "ticket.close no-details")
        .ends("no-details");
  }

  private static Story bought(Story story) {
    return story.starts().does("responsible", "Verify the purchase", "order_found", true);
  }

  private static Story possible(Story story) {
    return story.does("responsible", "Check that the return is possible", "possible", true);
  }

  private static Story unknown(Story story) {
    return story
        .starts()
        .does("responsible", "Verify the purchase", "order_found", false)
        .product("message.send ask-for-purchase");
  }
}
