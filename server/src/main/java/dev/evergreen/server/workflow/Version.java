package dev.evergreen.server.workflow;

import dev.evergreen.engine.Definition;
import dev.evergreen.language.WorkflowFile;
import java.time.Instant;

/// One immutable version of a workflow, compiled.
///
/// @param id its row: what runs refer to
public record Version(long id, WorkflowFile file, Instant publishedAt) {
  public Definition definition() {
    return file.definition();
  }

  public String name() {
    return definition().name();
  }

  public String title() {
    return definition().title();
  }
}
