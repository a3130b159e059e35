package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.ticket.task.VisibleTeamTasks.Page;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Part;
import dev.evergreen.server.ticket.task.VisibleTeamTasks.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of tasks.
///
/// @param isFirst whether it is the first page, which follows what happens
public record TaskList(Part part, Page page, boolean isFirst) {
  public List<Part> parts() {
    return List.of(Part.values());
  }

  public List<Row> rows() {
    return page.rows();
  }

  public @Nullable String next() {
    return page.next() == null ? null : "/team-tasks?part=" + part.key() + "&after=" + page.next();
  }

  public static String label(Part part) {
    return switch (part) {
      case MINE -> "Mine";
      case TEAM -> "My teams’";
      case GIVEN -> "Given by me";
      case ALL -> "All open";
      case ENDED -> "Over";
    };
  }
}
