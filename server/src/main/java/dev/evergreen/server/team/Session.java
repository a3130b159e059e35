package dev.evergreen.server.team;

import dev.evergreen.server.platform.text.Language;
import org.jspecify.annotations.Nullable;

/// A signed-in agent in one browser, as it was found for one request.
///
/// @param isFresh whether the agent proved who they are within the last quarter of an hour, which
///   is asked for before anything changes by which they sign in
/// @param language what the agent chose to read; null for what the installation speaks
public record Session(SessionId id, Agent agent, boolean isFresh, @Nullable Language language) {}
