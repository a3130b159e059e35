package dev.evergreen.language;

import java.util.Optional;
import java.util.OptionalLong;

/// Says who is responsible for a subject: the assignee of a step that is `by: responsible`. A
/// component of the module that owns the kind of subject.
public interface Responsibility {
  /// `ticket`, for example.
  String subjectKind();

  /// The id of the responsible agent; empty when nobody is responsible yet.
  OptionalLong agentFor(long subject);

  /// The key of the team that holds the subject while no single agent is responsible.
  Optional<String> teamFor(long subject);
}
