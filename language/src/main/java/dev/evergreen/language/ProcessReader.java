package dev.evergreen.language;

import java.util.ArrayList;
import java.util.List;

/// Reads a process: the level above workflows.
record ProcessReader(Findings findings) {

  /// Meaningful only when there is no error among the findings.
  ProcessFile read(Tree.Mapping root, String text) {
    var section = Section.of(root, Grammar.PROCESS, findings);
    var head = new HeadReader(section, findings);
    var name = head.name("process");
    var title = section.required("title");
    var purpose = section.required("purpose");
    var owner = head.name("owner");
    var goals = goals(section, head);
    if (goals.isEmpty() && !findings.hasErrors()) {
      section.missing("goals");
    }
    var workflows = section.scalars("workflows").stream().map(Tree.Scalar::text).toList();
    if (!section.has("workflows")) {
      section.missing("workflows");
    }
    var standards = section.scalars("standards").stream().map(Tree.Scalar::text).toList();
    return new ProcessFile(
        name,
        title,
        purpose,
        owner,
        new ProcessFile.Aims(goals, standards, workflows),
        head.review(List.of()),
        text);
  }

  private List<ProcessFile.Goal> goals(Section section, HeadReader head) {
    var goals = new ArrayList<ProcessFile.Goal>();
    if (section.tree("goals") instanceof Tree.Sequence list) {
      for (var item : list.items()) {
        switch (item) {
          case Tree.Mapping mapping -> goals.add(goal(mapping, head));
          case Tree.Scalar text when !text.text().isBlank() ->
              goals.add(new ProcessFile.Goal(text.text(), "", "", "", null));
          case Tree other ->
              findings.error(
                  other.at(),
                  "%s under `goals`".formatted(other.shape()),
                  "a goal",
                  "write, for example, " + section.example("goals"));
        }
      }
    } else {
      section
          .scalars("goals")
          .forEach(text -> goals.add(new ProcessFile.Goal(text.text(), "", "", "", null)));
    }
    return goals;
  }

  private ProcessFile.Goal goal(Tree.Mapping mapping, HeadReader head) {
    var section = Section.of(mapping, Grammar.GOAL, findings);
    return new ProcessFile.Goal(
        section.required("goal"),
        section.optional("measure", ""),
        section.optional("baseline", ""),
        section.optional("target", ""),
        head.date(section, "by"));
  }
}
