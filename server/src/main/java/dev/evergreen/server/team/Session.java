package dev.evergreen.server.team;

/// A signed-in agent in one browser, as it was found for one request.
public record Session(SessionId id, Agent agent) {}
