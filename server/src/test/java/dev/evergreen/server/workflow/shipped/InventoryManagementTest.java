package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("inventory-management")
class InventoryManagementTest {
  @Test
  void a_shelf_that_is_right_is_left_alone(Story story) {
    counted(story, 40, 40, 0).does("warehouse", "Correct the stock", "low", false).ends("counted");
  }

  @Test
  void a_small_difference_is_looked_for_once(Story story) {
    counted(story, 38, 40, 2)
        .does("warehouse", "Look for the difference once")
        .does("finance", "Approve the disposal", "fate", "dispose")
        .does("warehouse", "Dispose of them")
        .does("warehouse", "Correct the stock", "low", true)
        .does("warehouse", "Order what is missing")
        .does("frontline", "Inform those who wait for it")
        .ends("counted");
  }

  @Test
  void a_large_difference_is_audited(Story story) {
    counted(story, 20, 40, 1)
        .does("leads", "Audit the shelf")
        .does("finance", "Approve the disposal", "fate", "give-away")
        .does("warehouse", "Hand them over")
        .does("warehouse", "Correct the stock", "low", false)
        .ends("counted");
  }

  private static Story counted(Story story, long counted, long recorded, long spoiled) {
    return story
        .starts()
        .does(
            "warehouse",
            "Count the shelf",
            "counted",
            counted,
            "recorded",
            recorded,
            "spoiled",
            spoiled)
        .does("warehouse", "Check how they are stored");
  }
}
