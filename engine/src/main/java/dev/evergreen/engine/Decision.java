package dev.evergreen.engine;

import java.util.List;

/// The engine's answer to an input.
public sealed interface Decision {
  /// @param run the run after the events, as [Run#apply] makes it of them: deciding has applied
  ///   each of them already
  record Accepted(List<Event> events, List<Effect> effects, Run run) implements Decision {
    public Accepted {
      events = List.copyOf(events);
      effects = List.copyOf(effects);
    }
  }

  /// The input makes no sense for the run as it is; nothing happened.
  record Rejected(Reason reason, String detail) implements Decision {}

  enum Reason {
    /// The run has not started, or has started already.
    WRONG_MOMENT,
    /// The answers do not fit the form.
    WRONG_ANSWERS,
    /// The run has ended.
    ALREADY_ENDED
  }
}
