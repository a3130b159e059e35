package dev.evergreen.server.workflow.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All workflows, by the process that they serve, and what waits for the reader.
///
/// @param asked drafts that a team of the reader's is asked to agree to
/// @param offered workflows that came with the program and are not in force here
/// @param written processes that somebody is writing on
public record Gallery(
    List<Asked> asked,
    List<Group> processes,
    List<Group> offered,
    List<Written> written,
    boolean editor) {
  public Gallery {
    asked = List.copyOf(asked);
    processes = List.copyOf(processes);
    offered = List.copyOf(offered);
    written = List.copyOf(written);
  }

  /// @param team the name of the team that is asked
  public record Asked(String name, String title, String team, String asker) {}

  /// @param by who wrote last
  public record Written(String process, String title, String by) {}

  /// The workflows that serve one process.
  ///
  /// @param process its name
  /// @param path of its page; null when no file describes it
  public record Group(
      String process, String title, String purpose, @Nullable String path, List<Entry> workflows) {
    public Group {
      workflows = List.copyOf(workflows);
    }
  }

  /// @param about kind, owner and when it is to be reviewed, as one line
  /// @param draftOnly whether nothing of it has been in force yet
  public record Entry(
      String name,
      String title,
      String purpose,
      String kind,
      String about,
      List<Badge> badges,
      boolean draftOnly) {
    public Entry {
      badges = List.copyOf(badges);
    }

    /// The picture of its kind.
    public String icon() {
      return switch (kind) {
        case "administrative" -> "file-text";
        case "operational" -> "settings";
        case "enforcement" -> "shield-check";
        case "escalation" -> "flag";
        case "complaint" -> "alert-circle";
        case "follow-up" -> "phone-call";
        default -> "route";
      };
    }
  }

  public boolean isEmpty() {
    return processes.isEmpty();
  }
}
