package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.ProcessFile;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.workflow.WorkflowDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands above every page of one workflow: what it is, where it stands, and where else to
/// look.
///
/// @param about who owns it, and when it is to be reviewed: one quiet sentence
/// @param editor whether the reader may change it
/// @param version the version that is in force, or was last; 0 when none has been yet
public record Head(
    Title title,
    List<Badge> badges,
    String about,
    Tab tab,
    boolean editor,
    int version,
    @Nullable WorkflowDraft draft) {
  public Head {
    badges = List.copyOf(badges);
  }

  /// @param process that it serves; null when it names none, or one that no file describes
  /// @param startable whether the reader may start it by hand
  public record Title(
      String name, String title, String purpose, @Nullable ProcessFile process, boolean startable) {
    static Title of(WorkflowFile file, @Nullable ProcessFile process, boolean startable) {
      return new Title(
          file.definition().name(), file.definition().title(), file.purpose(), process, startable);
    }
  }

  /// The same above a draft that calls itself otherwise.
  Head called(Called called) {
    var renamed =
        new Title(
            title.name(),
            called.title().isEmpty() ? title.title() : called.title(),
            called.purpose().isEmpty() ? title.purpose() : called.purpose(),
            title.process(),
            title.startable());
    return new Head(renamed, badges, about, tab, editor, version, draft);
  }

  public enum Tab {
    STEPS("Steps", ""),
    DIAGRAM("Diagram", "/diagram"),
    TEXT("Text", "/text"),
    RUNS("What runs", "/runs"),
    VERSIONS("Versions", "/versions"),
    DRAFT("Draft", "/draft"),
    REVIEW("Review", "/review");

    private final String label;
    private final String path;

    Tab(String label, String path) {
      this.label = label;
      this.path = path;
    }

    public String label() {
      return label;
    }

    public String path() {
      return path;
    }
  }

  /// The pages that there are: without a version only its draft's.
  public List<Tab> tabs() {
    var tabs = new ArrayList<Tab>();
    if (version > 0) {
      tabs.addAll(List.of(Tab.STEPS, Tab.DIAGRAM, Tab.TEXT, Tab.RUNS, Tab.VERSIONS));
    }
    if (draft != null && editor) {
      tabs.add(Tab.DRAFT);
    }
    if (draft != null && (editor || tab == Tab.REVIEW)) {
      tabs.add(Tab.REVIEW);
    }
    return tabs;
  }

  public String path() {
    return "/workflows/" + title.name();
  }
}
