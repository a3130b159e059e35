package dev.evergreen.language;

import java.time.Duration;

/// An [Action] that reaches outside: performed after the commit of the step that asks for it, in no
/// transaction, on whichever node takes it up first.
///
/// It is performed at least once. A node that dies, or loses its connection, after it has performed
/// and before it has recorded that leaves it to be performed again, under the same [Call#effectId],
/// which the receiver has to be told so that it can recognize the repetition. One whose
/// [ActionType] is not repeatable fails in that case instead, since nobody can know what became of
/// it. A result that comes when the step is no longer open is recorded and changes nothing.
public interface RemoteAction<I extends Record> extends Action<I> {
  /// The longest that any of them may take.
  Duration LONGEST = Duration.ofSeconds(30);

  /// After so long its thread is interrupted, and it has failed; at most [#LONGEST].
  default Duration limit() {
    return LONGEST;
  }
}
