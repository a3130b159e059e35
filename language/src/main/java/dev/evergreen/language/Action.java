package dev.evergreen.language;

import java.util.Map;

/// Performs an [ActionType]. A component of the module that owns the action.
///
/// Unless it is a [RemoteAction] it is performed in the database transaction of the step that asks
/// for it, and must not reach beyond our own database.
public interface Action<I extends Record> {
  /// The name of the action type: `ticket.close`.
  String name();

  Class<I> input();

  /// Returns the outcome, of the declared types. A second call with the same [Call#effectId] must
  /// not have a second effect. What it throws is a failure of the step, whose message people read.
  Map<String, Object> perform(I input, Call call);

  /// The outcome of the action for arguments as workflows give them, by name.
  default Map<String, Object> perform(Map<String, Object> arguments, Call call) {
    return perform(Records.fromArguments(input(), arguments), call);
  }
}
