package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import dev.evergreen.language.Checked;
import dev.evergreen.language.WorkflowFile;
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

/// Workflows that come with the program to be copied: nothing runs on them until somebody here has
/// made one their own. They are read when somebody first asks, so that the start does not wait.
@Component
public final class OfferedWorkflows {
  private static final Logger log = LoggerFactory.getLogger(OfferedWorkflows.class);
  private static final String FILES = "classpath*:workflows/offered/*.yaml";

  private final Catalogue catalogue;
  private @Nullable List<WorkflowFile> all;

  OfferedWorkflows(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// By title.
  public synchronized List<WorkflowFile> all() {
    if (all == null) {
      all = read();
    }
    return all;
  }

  public Optional<WorkflowFile> withName(String name) {
    return all().stream().filter(file -> file.definition().name().equals(name)).findAny();
  }

  private List<WorkflowFile> read() {
    var found = new ArrayList<WorkflowFile>();
    try {
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
        String name = String.valueOf(file.getFilename());
        Checked checked =
            WorkflowFiles.read(name, file.getContentAsString(StandardCharsets.UTF_8), catalogue);
        WorkflowFile workflow = checked.workflow();
        if (workflow == null) {
          log.warn("The offered workflow {} is left out: {}", name, checked.findings());
        } else {
          found.add(workflow);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(file -> file.definition().title()));
    return List.copyOf(found);
  }
}
