package dev.evergreen.server.ticket;

/// A word by which tickets are found again.
public record Tag(long id, String name) {}
