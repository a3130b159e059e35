package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("customer-profile")
class CustomerProfileTest {
  @Test
  void somebody_new_gets_a_profile(Story story) {
    chosen(story, "set-up")
        .does("frontline", "Look for the customer first", "already_there", false)
        .does("frontline", "Fill in the profile")
        .ends("set-up");
  }

  @Test
  void somebody_known_is_not_set_up_twice(Story story) {
    chosen(story, "set-up")
        .does("frontline", "Look for the customer first", "already_there", true)
        .does("frontline", "Merge the two profiles")
        .ends("set-up");
  }

  @Test
  void details_change_for_whoever_proves_who_they_are(Story story) {
    chosen(story, "change")
        .does("frontline", "Ask for two things that only they know", "verified", false)
        .does("frontline", "Ask for two things that only they know", "verified", true)
        .does("frontline", "Change the details")
        .product("message.send profile-changed")
        .ends("changed");
  }

  @Test
  void nobody_else_changes_them(Story story) {
    chosen(story, "change")
        .does("frontline", "Ask for two things that only they know", "verified", false)
        .does("frontline", "Ask for two things that only they know", "verified", false)
        .does("frontline", "Refuse the change")
        .ends("not-verified");
  }

  @Test
  void what_is_over_is_archived(Story story) {
    chosen(story, "archive")
        .does("leads", "Check that nothing is open", "may_archive", true)
        .does("leads", "Archive the profile")
        .ends("archived");
  }

  @Test
  void what_is_open_is_kept(Story story) {
    chosen(story, "archive")
        .does("leads", "Check that nothing is open", "may_archive", false)
        .ends("kept");
  }

  private static Story chosen(Story story, String wanted) {
    return story.starts().does("frontline", "Choose what is to be done", "wanted", wanted);
  }
}
