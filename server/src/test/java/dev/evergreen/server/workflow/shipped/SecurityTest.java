package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("security")
class SecurityTest {
  @Test
  void access_is_blocked_first_and_given_back_last(Story story) {
    mended(assessed(story, "access").does("security", "Block the access"))
        .does("security", "Give access back")
        .does("security", "Report the incident")
        .ends("closed");
  }

  @Test
  void a_place_is_secured_and_its_recordings_saved(Story story) {
    mended(
            assessed(story, "premises")
                .does("security", "Secure the place")
                .does("security", "Save the recordings"))
        .does("security", "Report the incident")
        .ends("closed");
  }

  @Test
  void people_hear_that_their_data_was_seen_and_a_weak_point_that_stays_is_decided_on(Story story) {
    assessed(story, "data")
        .does("security", "Stop the leak")
        .does("management", "Inform those whose data it is")
        .does("security", "Find out how it could happen", "weak_point", "One list for all.")
        .days(14)
        .does("management", "Decide how we live with the weak point")
        .does("security", "Close the weak point")
        .does("security", "Report the incident")
        .ends("closed");
  }

  private static Story assessed(Story story, String incident) {
    return story.starts().does("security", "Assess the incident", "incident", incident);
  }

  private static Story mended(Story story) {
    return story
        .does("security", "Find out how it could happen", "weak_point", "A shared key.")
        .does("security", "Close the weak point");
  }
}
