package dev.evergreen.server.team;

/// Agents who work together. Workflows and settings name a team by its key, which never changes.
public record Team(TeamId id, String key, String name) {}
