package dev.evergreen.language;

import java.util.List;

/// Facts that an installation has defined for itself, more fields of groups that a [Vocabulary]
/// names. A component of the module that owns the group; its [FactSource] reads them too.
public interface DefinedFacts {
  /// As they are now. What was defined once stays, so that workflows in force go on.
  List<FactType> facts();
}
