package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("customer-went-dark")
class CustomerWentDarkTest {
  @Test
  void an_answer_to_the_reminder_is_enough(Story story) {
    story
        .starts()
        .product("message.send reminder")
        .happens("ticket.customer-replied")
        .ends("answered");
  }

  @Test
  void a_late_answer_counts_as_much(Story story) {
    story
        .starts()
        .product("message.send reminder")
        .days(2)
        .product("message.send last-reminder")
        .happens("ticket.customer-replied")
        .ends("answered");
  }

  @Test
  void silence_ends_after_two_reminders(Story story) {
    story
        .starts()
        .days(2)
        .product("message.send reminder", "message.send last-reminder")
        .days(5)
        .ends("silent");
  }
}
