package dev.evergreen.server.workflow.shipped;

import org.junit.jupiter.api.Test;

@Walks("document-management")
class DocumentManagementTest {
  @Test
  void a_restricted_document_is_published_to_few(Story story) {
    written(story, "restricted")
        .does("leads", "Review the document", "accepted", false, "remarks", "Too long.")
        .does("responsible", "Work in the remarks")
        .does("leads", "Review the document", "accepted", true)
        .does("operations", "Limit who can open it")
        .does("operations", "File the document")
        .ends("published");
  }

  @Test
  void after_three_rounds_people_talk(Story story) {
    refused(written(story, "internal"))
        .does("responsible", "Decide with the reviewer at one table", "dropped", false)
        .does("operations", "File the document")
        .ends("published");
  }

  @Test
  void what_nobody_needs_is_dropped(Story story) {
    refused(written(story, "public"))
        .does("responsible", "Decide with the reviewer at one table", "dropped", true)
        .ends("dropped");
  }

  @Test
  void what_is_withdrawn_names_its_successor(Story story) {
    chosen(story, "public", "withdrawn")
        .does("operations", "Withdraw the document")
        .ends("withdrawn");
  }

  private static Story chosen(Story story, String confidentiality, String change) {
    return story
        .starts()
        .does(
            "responsible",
            "Choose how confidential it is",
            "confidentiality",
            confidentiality,
            "change",
            change);
  }

  private static Story written(Story story, String confidentiality) {
    return chosen(story, confidentiality, "new")
        .does("responsible", "Write the document in the standard format");
  }

  private static Story refused(Story story) {
    for (int round = 0; round < 3; round++) {
      story
          .does("leads", "Review the document", "accepted", false)
          .does("responsible", "Work in the remarks");
    }
    return story;
  }
}
