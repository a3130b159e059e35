package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.ProcessFile;
import java.util.List;

/// A process: what is to be reached, and the workflows that are there for it.
///
/// @param review when it is to be looked at again; empty when nothing is agreed
/// @param inUse the workflows that serve it here, in force, retired or as drafts
/// @param offered those that came with the program and are not used here yet
/// @param running how many cases are under way on them
public record ProcessPage(
    ProcessFile file,
    String review,
    List<Gallery.Entry> inUse,
    List<Gallery.Entry> offered,
    int running) {
  public ProcessPage {
    inUse = List.copyOf(inUse);
    offered = List.copyOf(offered);
  }
}
