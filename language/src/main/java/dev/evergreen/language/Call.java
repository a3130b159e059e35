package dev.evergreen.language;

import java.time.Instant;

/// For what and when an action is performed.
///
/// @param effectId made of run and activation: the idempotency key
public record Call(String subjectKind, long subject, String effectId, Instant at) {}
