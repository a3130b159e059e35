package dev.evergreen.server.ticket;

/// The id of a status that a team named.
public record StatusId(long value) {}
