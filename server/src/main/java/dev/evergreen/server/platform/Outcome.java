package dev.evergreen.server.platform;

import java.util.function.Function;

/// What became of a request that people may get wrong: done, or refused with a sentence to show
/// them. A refused request has changed nothing.
public sealed interface Outcome<T> {
  record Accepted<T>(T value) implements Outcome<T> {}

  record Rejected<T>(Reason reason, String detail) implements Outcome<T> {}

  /// Why a request is refused, and the HTTP status that says so.
  enum Reason {
    /// What was sent makes no sense by itself.
    INVALID(422),
    /// It would stand beside something that may exist only once.
    TAKEN(409),
    /// Somebody else was faster: what the person saw is no longer so.
    OUTDATED(409),
    /// It is not there, or not for this person.
    UNKNOWN(404);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  static <T> Outcome<T> accepted(T value) {
    return new Accepted<>(value);
  }

  static <T> Outcome<T> rejected(Reason reason, String detail) {
    return new Rejected<>(reason, detail);
  }

  /// The value, for callers whose request cannot be wrong.
  default T expected() {
    return fold(
        value -> value,
        rejected -> {
          throw new IllegalStateException("expected no rejection, but: " + rejected.detail());
        });
  }

  /// What was accepted as something else; a rejection stays.
  default <R> Outcome<R> map(Function<T, R> change) {
    return fold(
        value -> accepted(change.apply(value)),
        rejected -> rejected(rejected.reason(), rejected.detail()));
  }

  /// What comes of what was accepted, which may be refused in its turn; a rejection stays.
  default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
    return fold(next, rejected -> rejected(rejected.reason(), rejected.detail()));
  }

  default <R> R fold(Function<T, R> accepted, Function<Rejected<T>, R> rejected) {
    return switch (this) {
      case Accepted<T>(T value) -> accepted.apply(value);
      case Rejected<T> refusal -> rejected.apply(refusal);
    };
  }
}
