package dev.evergreen.language;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one component of an action's input record, an event's data or a fact to the people who
/// write workflows.
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Input {
  /// A sentence for the reference page and the editor.
  String value();

  /// Whether the value names a message text.
  boolean text() default false;
}
