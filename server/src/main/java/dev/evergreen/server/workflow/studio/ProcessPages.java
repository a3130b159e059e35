package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.ProcessFile;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Processes;
import dev.evergreen.server.workflow.RunCounts;
import dev.evergreen.server.workflow.studio.Gallery.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Gathers what the page of a process shows.
@Component
class ProcessPages {
  private final Processes processes;
  private final ProcessDrafts drafts;
  private final Galleries galleries;
  private final RunCounts counts;
  private final Heads heads;

  ProcessPages(
      Processes processes,
      ProcessDrafts drafts,
      Galleries galleries,
      RunCounts counts,
      Heads heads) {
    this.processes = processes;
    this.drafts = drafts;
    this.galleries = galleries;
    this.counts = counts;
    this.heads = heads;
  }

  /// One process with all that serves it; empty when no file describes it.
  Optional<ProcessPage> of(String name, Agent viewer) {
    return processes.withName(name).map(file -> of(file, viewer));
  }

  private ProcessPage of(ProcessFile file, Agent viewer) {
    Gallery gallery = galleries.of(viewer);
    String name = file.name();
    List<Entry> inUse = entries(gallery.processes(), name);
    return new ProcessPage(
        file,
        new ProcessPage.Standing(
            heads.review(file.review().every(), file.review().reviewed()),
            processes.originOf(name).orElse(null),
            processes.isShipped(name),
            Editors.include(viewer),
            drafts.of(name).isPresent()),
        inUse,
        entries(gallery.offered(), name),
        under(file, inUse));
  }

  private static List<Entry> entries(List<Gallery.Group> groups, String process) {
    return groups.stream()
        .filter(group -> group.process().equals(process))
        .flatMap(group -> group.workflows().stream())
        .toList();
  }

  /// How many cases are under way for it.
  private int under(ProcessFile process, List<Entry> inUse) {
    Map<String, Integer> open = counts.openByName();
    return Stream.concat(process.aims().workflows().stream(), inUse.stream().map(Entry::name))
        .distinct()
        .mapToInt(name -> open.getOrDefault(name, 0))
        .sum();
  }
}
