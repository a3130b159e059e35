package dev.evergreen.server.ticket;

import org.jspecify.annotations.Nullable;

/// What is to be changed on a ticket; null leaves a field as it is.
public record Changes(
    @Nullable String category, @Nullable Priority priority, @Nullable Solution solution) {}
