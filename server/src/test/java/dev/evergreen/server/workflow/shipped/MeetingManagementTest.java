package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("meeting-management")
class MeetingManagementTest {
  @Test
  void a_mail_may_do(Story story) {
    asked(story, false).ends("not-needed");
  }

  @Test
  void what_does_not_take_place_is_said(Story story) {
    asked(story, true)
        .does("responsible", "Send the agenda")
        .does("responsible", "Hold the meeting", "held", false)
        .does("responsible", "Tell everybody why")
        .ends("canceled");
  }

  @Test
  void a_meeting_without_actions_is_over_with_its_minutes(Story story) {
    held(story).does("responsible", "Write the minutes", "actions", 0L).ends("held");
  }

  @Test
  void actions_are_asked_about_and_minutes_reminded_of(Story story) {
    held(story)
        .days(1)
        .does("operations", "Remind whoever writes the minutes")
        .does("responsible", "Write the minutes", "actions", 2L)
        .days(14)
        .does("operations", "Ask each owner how far it is", "all_done", true)
        .ends("done");
  }

  @Test
  void what_is_left_comes_back(Story story) {
    held(story)
        .does("responsible", "Write the minutes", "actions", 2L)
        .days(14)
        .does("operations", "Ask each owner how far it is", "all_done", false)
        .does("responsible", "Bring the rest to the next meeting")
        .ends("carried-over");
  }

  private static Story asked(Story story, boolean needed) {
    return story
        .starts()
        .does("responsible", "Write the question that the meeting answers", "needed", needed);
  }

  private static Story held(Story story) {
    return asked(story, true)
        .does("responsible", "Send the agenda")
        .does("responsible", "Hold the meeting", "held", true);
  }
}
