package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.ProcessFile;
import dev.evergreen.language.WorkflowFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/// The processes that workflows serve: what is to be reached, and which workflows are there for it.
/// They come with the program, and are read when somebody first asks.
@Component
public final class Processes {
  private static final Logger log = LoggerFactory.getLogger(Processes.class);
  private static final String FILES = "classpath*:processes/*.yaml";

  private final Catalogue catalogue;
  private @Nullable List<ProcessFile> all;

  Processes(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// By title.
  public synchronized List<ProcessFile> all() {
    if (all == null) {
      all = read(catalogue);
    }
    return all;
  }

  public Optional<ProcessFile> withName(String name) {
    return all().stream().filter(process -> process.name().equals(name)).findAny();
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
