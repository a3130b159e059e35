package dev.evergreen.language;

import java.util.List;

/// What one module of the product offers to workflows. A module that offers anything has one public
/// implementation without constructor arguments, named in
/// `META-INF/services/dev.evergreen.language.Vocabulary`, so that files can be checked without
/// starting the product.
public interface Vocabulary {
  default List<ActionType> actions() {
    return List.of();
  }

  default List<EventType> events() {
    return List.of();
  }

  default List<FactType> facts() {
    return List.of();
  }

  /// Names of the message texts that exist: the values of parameters marked with [Input#text].
  default List<String> texts() {
    return List.of();
  }
}
