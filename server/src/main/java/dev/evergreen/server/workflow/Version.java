package dev.evergreen.server.workflow;

import dev.evergreen.engine.Definition;
import dev.evergreen.language.WorkflowFile;
import java.time.Instant;

/// One immutable version of a workflow, compiled.
///
/// @param id its row: what runs refer to
public record Version(long id, WorkflowFile file, Publishing publishing) {

  /// How a version came into force.
  ///
  /// @param byPerson whether somebody here published it; else it came with the program
  /// @param note what changed and why, as the person put it; may be empty
  public record Publishing(Instant at, String by, boolean byPerson, String note) {}

  public Definition definition() {
    return file.definition();
  }

  public String name() {
    return definition().name();
  }

  public int number() {
    return definition().version();
  }

  public String title() {
    return definition().title();
  }

  public Instant publishedAt() {
    return publishing.at();
  }
}
