package dev.evergreen.server.team;

import java.time.Instant;

/// A session as its owner sees it in a list.
public record OpenSession(SessionId id, Origin from, Instant startedAt, Instant seenAt) {}
