package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("customer-complaint")
class CustomerComplaintTest {
  @Test
  void a_minor_complaint_is_settled_by_an_explanation(Story story) {
    offered(assessed(story, "minor"), "misunderstanding", "explanation")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void a_mistake_of_ours_is_not_forgotten_because_it_was_explained(Story story) {
    offered(assessed(story, "minor"), "our-mistake", "explanation")
        .does("leads", "Propose what should change")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void a_serious_complaint_about_our_mistake_changes_something(Story story) {
    var investigated = assessed(story, "serious").product("ticket.update high").days(1);
    offered(
            investigated.does("responsible", "Tell the customer how far we are"),
            "our-mistake",
            "mend-it")
        .does("responsible", "See that the solution is carried out")
        .does("leads", "Propose what should change")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void a_grave_complaint_is_called_about_by_a_lead(Story story) {
    var called =
        assessed(story, "grave")
            .product("ticket.update urgent")
            .does("leads", "Call the customer as a lead");
    offered(called, "supplier", "money")
        .called("refund-approval", "paid")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void money_that_is_not_given_is_made_up_for(Story story) {
    offered(assessed(story, "minor"), "not-found", "money")
        .called("refund-approval", "declined")
        .does("leads", "Offer something else as a lead")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void a_lead_may_find_what_the_agent_did_not(Story story) {
    refusedTwice(assessed(story, "minor"))
        .does("leads", "Find a solution as a lead", "offer", "replacement", "accepted", true)
        .does("responsible", "See that the solution is carried out")
        .does("leads", "Propose what should change")
        .product("ticket.close complaint-settled")
        .ends("settled");
  }

  @Test
  void where_we_do_not_agree_we_say_so(Story story) {
    refusedTwice(assessed(story, "minor"))
        .does("leads", "Find a solution as a lead", "offer", "explanation", "accepted", false)
        .does("leads", "Say honestly where it ends")
        .product("ticket.close complaint-not-settled")
        .ends("not-settled");
  }

  private static final String OFFER = "Offer a solution that matches the complaint";

  private static Story assessed(Story story, String severity) {
    return story
        .starts()
        .does("responsible", "Listen to the whole complaint", "what_hurt", "Nobody called back.")
        .does("responsible", "Apologize in your own words")
        .does("responsible", "Assess how grave it is", "severity", severity);
  }

  private static Story investigated(Story story, String cause) {
    return story.does(
        "responsible",
        "Investigate what happened",
        "cause",
        cause,
        "finding",
        "The call was on nobody's list.");
  }

  private static Story offered(Story story, String cause, String offer) {
    return investigated(story, cause).does("responsible", OFFER, "offer", offer, "accepted", true);
  }

  private static Story refusedTwice(Story story) {
    return investigated(story, "product")
        .does("responsible", OFFER, "offer", "mend-it", "accepted", false)
        .does("responsible", OFFER, "offer", "replacement", "accepted", false);
  }
}
