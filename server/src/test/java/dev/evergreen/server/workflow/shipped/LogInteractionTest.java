package dev.evergreen.server.workflow.shipped;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@Walks("log-interaction")
class LogInteractionTest {
  @Test
  void a_promise_to_somebody_new_is_kept_on_a_list(Story story) {
    story
        .starts()
        .does(
            "responsible",
            "Write down the interaction",
            "wish",
            "A tent for six",
            "promised",
            "A call on Friday",
            "customer_known",
            false,
            "open_end",
            true)
        .does("responsible", "Add the customer to our records")
        .does("responsible", "Put the promise on somebody's list")
        .ends("logged");
  }

  @Test
  void a_missing_entry_is_asked_for_within_the_day(Story story) {
    story
        .starts()
        .passes(Duration.ofHours(20))
        .waitsFor("Write down the interaction", "Ask for the missing entry")
        .does(
            "responsible",
            "Write down the interaction",
            "wish",
            "To say that the boots are great",
            "customer_known",
            true,
            "open_end",
            false)
        .does("leads", "Ask for the missing entry")
        .product("ticket.close logged")
        .ends("logged");
  }
}
