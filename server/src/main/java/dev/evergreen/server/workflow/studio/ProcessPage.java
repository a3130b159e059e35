package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.ProcessFile;
import dev.evergreen.server.workflow.Processes.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process: what is to be reached, and the workflows that are there for it.
///
/// @param inUse the workflows that serve it here, in force, retired or as drafts
/// @param offered those that came with the program and are not used here yet
/// @param running how many cases are under way on them
public record ProcessPage(
    ProcessFile file,
    Standing standing,
    List<Gallery.Entry> inUse,
    List<Gallery.Entry> offered,
    int running) {
  public ProcessPage {
    inUse = List.copyOf(inUse);
    offered = List.copyOf(offered);
  }

  /// Whose text it is, and what can be done with it.
  ///
  /// @param review when it is to be looked at again; empty when nothing is agreed
  /// @param origin who put it in force; null while it is as it came with the program
  /// @param shipped whether one of that name came with the program
  /// @param editor whether the reader may change it
  /// @param drafted whether somebody is writing on it
  public record Standing(
      String review, @Nullable Origin origin, boolean shipped, boolean editor, boolean drafted) {}

  public String path() {
    return "/processes/" + file.name();
  }
}
