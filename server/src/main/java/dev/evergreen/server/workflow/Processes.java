package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.ProcessFile;
import dev.evergreen.language.WorkflowFiles;
import dev.evergreen.server.workflow.ProcessRows.InForce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/// The processes that workflows serve: what is to be reached, and which workflows are there for it.
/// Some come with the program; what people here put in force takes the place of one of that name.
@Component
public class Processes {
  private static final Logger log = LoggerFactory.getLogger(Processes.class);
  private static final String FILES = "classpath*:processes/*.yaml";

  private final Catalogue catalogue;
  private final ProcessRows rows;

  /// By the ids of the texts, which never change.
  private final Map<Long, Optional<ProcessFile>> read = new ConcurrentHashMap<>();

  private volatile @Nullable List<ProcessFile> shipped;

  Processes(Catalogue catalogue, ProcessRows rows) {
    this.catalogue = catalogue;
    this.rows = rows;
  }

  /// Who has put a text of ours in force, and when.
  public record Origin(Instant at, String by) {}

  /// By title.
  public List<ProcessFile> all() {
    var all = new LinkedHashMap<String, ProcessFile>();
    shipped().forEach(process -> all.put(process.name(), process));
    rows.inForce().forEach(own -> read(own).ifPresent(process -> all.put(own.name(), process)));
    return all.values().stream().sorted(Comparator.comparing(ProcessFile::title)).toList();
  }

  public Optional<ProcessFile> withName(String name) {
    return all().stream().filter(process -> process.name().equals(name)).findAny();
  }

  /// Empty where it is as it came with the program, or where there is none.
  public Optional<Origin> originOf(String name) {
    return rows.inForce().stream()
        .filter(own -> own.name().equals(name))
        .findAny()
        .map(own -> new Origin(own.at(), own.by()));
  }

  /// Whether one of that name came with the program.
  public boolean isShipped(String name) {
    return shipped().stream().anyMatch(process -> process.name().equals(name));
  }

  private List<ProcessFile> shipped() {
    List<ProcessFile> there = shipped;
    if (there == null) {
      there = read(catalogue);
      shipped = there;
    }
    return there;
  }

  /// A text that this build cannot read any more is left out: the program still serves the rest.
  private Optional<ProcessFile> read(InForce own) {
    return read.computeIfAbsent(
        own.id(),
        _ -> {
          Checked checked = WorkflowFiles.read(own.name(), own.text(), catalogue);
          if (checked.process() == null) {
            log.error(
                "The process {} has errors and is left out: {}", own.name(), checked.findings());
          }
          return Optional.ofNullable(checked.process());
        });
  }

  /// Those that come with the program, by title, for whoever has no running program.
  public static List<ProcessFile> read(Catalogue catalogue) {
    var found = new ArrayList<ProcessFile>();
    try {
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
        String name = String.valueOf(file.getFilename());
        Checked checked =
            WorkflowFiles.read(name, file.getContentAsString(StandardCharsets.UTF_8), catalogue);
        ProcessFile process = checked.process();
        if (process == null) {
          log.warn("The process {} is left out: {}", name, checked.findings());
        } else {
          found.add(process);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(ProcessFile::title));
    return List.copyOf(found);
  }
}
