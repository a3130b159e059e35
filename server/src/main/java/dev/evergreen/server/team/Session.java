package dev.evergreen.server.team;

/// A signed-in agent in one browser, as it was found for one request.
///
/// @param isFresh whether the agent proved who they are within the last quarter of an hour, which
///   is asked for before anything changes by which they sign in
public record Session(SessionId id, Agent agent, boolean isFresh) {}
