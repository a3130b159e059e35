package dev.evergreen.server.platform;

/// The id of a stored file.
public record FileId(long value) {}
