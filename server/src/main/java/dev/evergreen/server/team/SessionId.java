package dev.evergreen.server.team;

/// The id of a session's row. It is no secret: what the browser carries is a token, of which the
/// row holds the hash.
public record SessionId(long value) {}
