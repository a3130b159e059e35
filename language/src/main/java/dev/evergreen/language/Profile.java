package dev.evergreen.language;

import dev.evergreen.engine.Span;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people want to know about a workflow besides its steps: the standard format of an SOP.
///
/// @param process the goal-level process that it serves, by name; may be empty
/// @param kind `service`, or a kind of SOP
/// @param byHand whether a person may start it
public record Profile(
    String purpose,
    String owner,
    String process,
    String kind,
    Format format,
    Review review,
    boolean byHand) {

  /// The parts of an SOP that are text for people; empty where the file says nothing.
  ///
  /// @param scope what it covers, and what not
  /// @param roles what each role does, by its name
  /// @param exceptions when it is not followed, and what is done instead
  public record Format(String scope, Map<String, String> roles, List<String> exceptions) {
    public static final Format NONE = new Format("", Map.of(), List.of());

    public Format {
      roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
      exceptions = List.copyOf(exceptions);
    }
  }

  /// Who keeps it right, and when.
  ///
  /// @param approval keys of the teams that approve a change before it is in force
  /// @param reviewed when it was last found right
  public record Review(List<String> approval, @Nullable LocalDate reviewed, @Nullable Span every) {
    public static final Review NONE = new Review(List.of(), null, null);

    public Review {
      approval = List.copyOf(approval);
    }
  }
}
