package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("customer-misconduct")
class CustomerMisconductTest {
  @Test
  void anger_is_no_misconduct(Story story) {
    judged(story, "angry")
        .does("responsible", "Answer the person behind the anger")
        .ends("no-misconduct");
  }

  @Test
  void a_warning_is_enough(Story story) {
    warned(story)
        .happens("ticket.customer-replied")
        .does("responsible", "Judge what was said after the warning", "goes_on", false)
        .ends("warned");
  }

  @Test
  void silence_after_a_warning_is_enough(Story story) {
    warned(story).days(14).ends("warned");
  }

  @Test
  void a_supervisor_calms_it(Story story) {
    taken(
            warned(story)
                .happens("ticket.customer-replied")
                .does("responsible", "Judge what was said after the warning", "goes_on", true)
                .product("ticket.assign leads"),
            true)
        .ends("calmed");
  }

  @Test
  void a_threat_goes_to_a_supervisor_at_once_and_may_end_the_contact(Story story) {
    taken(
            judged(story, "threatening").product("ticket.update urgent", "ticket.assign leads"),
            false)
        .does("management", "Approve the end of the contact", "end_contact", true)
        .product("message.send contact-ended", "ticket.close contact-ended")
        .does("leads", "Note it on the customer")
        .ends("ended");
  }

  @Test
  void the_management_may_keep_the_customer_under_rules(Story story) {
    taken(
            judged(story, "threatening").product("ticket.update urgent", "ticket.assign leads"),
            false)
        .does("management", "Approve the end of the contact", "end_contact", false)
        .does("leads", "Agree on rules for further contact")
        .ends("restricted");
  }

  private static Story judged(Story story, String conduct) {
    return story.starts().does("responsible", "Judge what was said", "conduct", conduct);
  }

  private static Story warned(Story story) {
    return judged(story, "offensive").product("message.send conduct-warning");
  }

  private static Story taken(Story story, boolean stopped) {
    return story
        .waitsFor("Talk with the customer as a supervisor", "Look after the colleague")
        .does("leads", "Look after the colleague")
        .does("leads", "Talk with the customer as a supervisor", "stopped", stopped);
  }
}
