package dev.evergreen.engine;

/// A condition or a term could not be worked out over the values that it was given. In a run it
/// makes a fault.
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EvaluationException(String problem) {
    super(problem);
  }

  EvaluationException(String expected, String source, RuntimeException cause) {
    super(
        "expected %s from `%s`, but found: %s"
            .formatted(
                expected,
                source,
                cause.getMessage() == null ? cause.toString() : cause.getMessage()),
        cause);
  }

  /// What was expected, of which text, and what was found.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
