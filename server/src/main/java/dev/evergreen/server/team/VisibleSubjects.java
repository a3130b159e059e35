package dev.evergreen.server.team;

import dev.evergreen.server.platform.Subject;
import java.util.Collection;
import java.util.Map;

/// The subjects of one kind that exist for whoever looks. A component of the module that owns the
/// kind: through it a module that knows no business word, as workflows do, asks its finder.
public interface VisibleSubjects {
  /// `ticket`, for example.
  String kind();

  /// Those of these that exist for this agent, by id.
  Map<Long, Found> of(Collection<Long> ids, Agent viewer);

  /// @param title what people call it: `#12 My tent leaks`
  /// @param path of its page
  record Found(Subject subject, String title, String path) {}
}
