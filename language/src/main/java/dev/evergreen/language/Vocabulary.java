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

  /// The message texts that exist: parameters marked with [Input#text] name one of them.
  default List<MessageText> texts() {
    return List.of();
  }

  /// Values that message texts may read and conditions may not, whatever the subject: links.
  default List<FactType> textValues() {
    return List.of();
  }
}
