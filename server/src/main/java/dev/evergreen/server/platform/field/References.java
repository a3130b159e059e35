package dev.evergreen.server.platform.field;

import java.util.Optional;

/// Subjects that a field may lead to, as far as they exist for one reader. Whoever keeps the values
/// offers it, since only they know the finders.
public interface References {
  /// A subject by what people type for it: a number, an address, a name.
  Optional<Target> typed(String kind, String text);

  /// The subject with that id; empty when it does not exist for the reader.
  Optional<Target> withId(String kind, long id);

  /// What is to be typed for a subject of that kind: `the number of a ticket`.
  String expected(String kind);

  /// @param written what one types for it
  record Target(long id, String title, String path, String written) {}
}
