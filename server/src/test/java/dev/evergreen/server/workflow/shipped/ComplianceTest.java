package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("compliance")
class ComplianceTest {
  @Test
  void what_is_kept_is_reported(Story story) {
    audited(story, 0, 0).does("compliance", "Write the status report").ends("reported");
  }

  @Test
  void a_minor_finding_is_mended_and_looked_at_again(Story story) {
    again(audited(story, 2, 0).does("leads", "Mend what was found"), true)
        .does("compliance", "Write the status report")
        .ends("reported");
  }

  @Test
  void what_breaks_a_rule_is_stopped_and_decided_on_when_it_does_not_hold(Story story) {
    var mended =
        audited(story, 0, 1)
            .does("management", "Stop what breaks the rule")
            .does("leads", "Mend what was found");
    again(again(again(mended, false), false), false)
        .does("management", "Decide what else has to change")
        .does("compliance", "Write the status report")
        .ends("reported");
  }

  private static Story audited(Story story, long minor, long major) {
    return story
        .starts()
        .does("compliance", "Choose the topic", "rules", 12L)
        .does("compliance", "Collect the proof", "minor_findings", minor, "major_findings", major)
        .does("compliance", "Hear those who were audited");
  }

  private static Story again(Story story, boolean holds) {
    return story.days(30).does("compliance", "Audit the findings again", "holds", holds);
  }
}
