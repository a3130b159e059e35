package dev.evergreen.language;

import java.util.Map;

/// Reads the facts of one [FactType] as they are now. A component of the module that owns them.
public interface FactSource {
  /// The name of the fact type: `ticket`.
  String name();

  /// Values by field name, of the declared types; what is not known is left out, never null. Empty
  /// when this kind of subject has none.
  Map<String, Object> factsOf(String subjectKind, long subject);
}
